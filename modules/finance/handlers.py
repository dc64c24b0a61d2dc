"""What finance listens to: every fact that changes what is owed, and goods that move."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from bus import delivery_context, reading, subscribe
from core.company import company
from core.deals.facts import (
    Cancelled,
    Credited,
    Fact,
    Paid,
    Refunded,
    Returned,
    Shipped,
    Sold,
    WrittenOff,
)
from core.deals.locking import lock
from core.deals.queries import by_ids
from core.live.hints import hint
from core.money import ZERO
from core.promises import keeping as promises
from core.tasks import services as tasks
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task
from modules.finance.errors import KeptOnItsOwn
from modules.finance.events import CreditNoteIssued
from modules.finance.queries.rules import invoice_moment
from modules.finance.services import compensations, credit_notes, invoices, receivables
from modules.finance.tasks import KIND


@dataclass(frozen=True, kw_only=True)
class PromisedGoods:
    """Goods that come back for a promise."""

    line_id: UUID
    quantity: Decimal


@subscribe(batch=True)
def open_receivables(sales: list[Sold]) -> None:
    """Every sale opens a receivable or adds to it, whoever made it."""
    _take_in(sales)


@subscribe(batch=True)
def lower_by_cancelled(cancellations: list[Cancelled]) -> None:
    """What was called off need not be paid."""
    _take_in(cancellations)


@subscribe(batch=True)
def lower_by_credited(credits_: list[Credited]) -> None:
    """What was credited need not be paid."""
    _take_in(credits_)


@subscribe(batch=True)
def lower_by_written_off(write_offs: list[WrittenOff]) -> None:
    """What was given up is not asked for any more."""
    _take_in(write_offs)


@subscribe(batch=True)
def lower_by_paid(payments: list[Paid]) -> None:
    """What was paid is no longer owed."""
    _take_in(payments)


@subscribe(batch=True)
def raise_by_refunded(refunds: list[Refunded]) -> None:
    """Money given back no longer pays for the order."""
    _take_in(refunds)


@subscribe(batch=True, historical=False, acts=True)
def withdraw_collection(payments: list[Paid]) -> None:
    """Nobody is asked for what she has just paid."""
    asked = tasks.deals_asked_about("finance.collection", {paid.deal_id for paid in payments})
    if not asked:
        return  # so it nearly always is
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("It was paid.")
    for picture in by_ids(asked).values():
        if picture.overdue <= ZERO:
            promises.withdraw("finance.collection", reason, deal_id=picture.deal_id)


@subscribe(batch=True, historical=False, acts=True)
def invoice_at_shipment(shipments: list[Shipped]) -> None:
    """Where the rule says so, goods that leave the house are invoiced."""
    if invoice_moment() != "shipment":
        return
    pictures = lock({shipment.deal_id for shipment in shipments})
    for shipment in shipments:
        by, cause = _cause(shipment)
        invoices.invoice_shipped(pictures[shipment.deal_id], by, cause)


@subscribe(batch=True, historical=False, acts=True)
def credit_returned_goods(returns: list[Returned]) -> None:
    """Goods that came back are credited, and taken back from the invoice that named them."""
    pictures = lock({back.deal_id for back in returns})
    for back in returns:
        by, cause = _cause(back)
        credit_notes.credit_return(pictures[back.deal_id], back.lines, by, cause)
        invoices.correct_returned(pictures[back.deal_id], by, cause)


@reading("service.compensation_agreed")
class Promised:
    """What finance needs to know of what a customer who complained was promised."""

    compensation_id: UUID
    complaint: str
    deal_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    currency: str
    kind: str
    amount: Decimal
    reason: str
    agreed_by: str
    lines: tuple[PromisedGoods, ...]


@subscribe(historical=False, acts=True)
def take_promise_on(told: Promised) -> None:
    """What was promised of money, or of goods that come back, is kept."""
    if told.kind not in ("credit", "refund", "exchange", "return"):
        return
    promise = compensations.Promise(
        id=told.compensation_id,
        complaint=told.complaint,
        deal_id=told.deal_id,
        order=told.number,
        customer_id=told.customer_id,
        customer_name=told.customer_name,
        currency=told.currency,
        kind=told.kind,
        amount=told.amount,
        reason=told.reason,
        by=told.agreed_by,
        goods={line.line_id: line.quantity for line in told.lines},
    )
    compensations.take_on(promise)


@subscribe(historical=False, acts=True)
def note_promise_credited(note: CreditNoteIssued) -> None:
    """A credit note keeps a promise, or says what is to be given back for it."""
    compensations.note_credited(
        note.deal_id, note.compensation_id, note.document, note.to_give_back
    )


@subscribe(historical=False, acts=True)
def note_promise_paid(refund: Refunded) -> None:
    """Money that was given back keeps promises."""
    compensations.note_given_back(refund.deal_id, refund.amount)


def _keep_elsewhere(_task: Task) -> None:
    """The task is done by keeping the promise."""
    raise KeptOnItsOwn


task_kind(
    TaskKind(
        KIND, _l("Promise to a customer"), "finance.refund", "finance", "cash-coin",
        when_done=_keep_elsewhere,
    )
)  # fmt: skip


def _take_in(facts: Sequence[Fact]) -> None:
    receivables.take_in(facts)
    context = delivery_context()
    if context is not None and context.replaying:
        return  # a screen is told once the module has caught up
    for number in {fact.number for fact in facts if not fact.historical}:
        hint("finance.receivables", number)


def _cause(fact: Fact) -> tuple[str, UUID]:
    """Return who is behind the event and its id."""
    context = delivery_context()
    if context is None:
        raise LookupError("only a delivery is the cause of a paper")
    envelope = context.of(fact)
    return envelope.actor or "", envelope.id
