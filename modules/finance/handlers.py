"""What finance listens to: every fact that changes what is owed, and goods that move."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from bus import delivery_context, subscribe
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
from modules.finance.queries.rules import invoice_moment
from modules.finance.services import credit_notes, invoices, receivables


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
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("It was paid.")
    for picture in by_ids({paid.deal_id for paid in payments}).values():
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
