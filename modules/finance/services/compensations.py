"""Keep what service has promised to a customer who complained: book it, give money back."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now, today
from core.company import company
from core.db import db
from core.deals.locking import lock
from core.live.hints import hint
from core.money import ZERO, format_money
from core.people.identity import current_person
from core.tasks import services as tasks
from modules.finance.errors import AllowanceTooLarge, CompensationNotFound
from modules.finance.models import CompensatedGoods, PromisedCompensation
from modules.finance.models.compensations import COMING_BACK, KEPT, TO_BOOK, TO_GIVE_BACK
from modules.finance.queries.compensations import open_of
from modules.finance.queries.rules import allowances
from modules.finance.services.credit_notes import credit_allowance
from modules.finance.tasks import BOOK_IT, GIVE_IT_BACK, KIND

_MONEY: Final = ("credit", "refund")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a customer was promised, as service told it."""

    id: UUID
    complaint: str
    deal_id: UUID
    order: str
    customer_id: UUID
    customer_name: str
    currency: str
    kind: str
    amount: Decimal
    reason: str
    by: str
    goods: Mapping[UUID, Decimal]


def take_on(promise: Promise) -> None:
    """Book an allowance at once where the rules say so; else ask finance's people to."""
    row = PromisedCompensation(
        id=promise.id,
        complaint=promise.complaint,
        deal_id=promise.deal_id,
        order=promise.order,
        customer_id=promise.customer_id,
        customer_name=promise.customer_name,
        currency=promise.currency,
        kind=promise.kind,
        amount=promise.amount,
        reason=promise.reason,
        promised_by=promise.by,
        promised_at=now(),
        state=TO_BOOK if promise.kind in _MONEY else COMING_BACK,
        to_give_back=ZERO,
        given_back=ZERO,
        lines=[
            CompensatedGoods(line_id=line_id, quantity=quantity)
            for line_id, quantity in promise.goods.items()
        ],
    )
    db.session.add(row)
    db.session.flush()
    if row.state != TO_BOOK:
        return
    if allowances() == "itself":
        try:
            _credit(row, promise.by)
        except AllowanceTooLarge:
            pass  # the order has shrunk since: somebody has to look at it
        else:
            return
    _ask(row, BOOK_IT, row.amount)


def book(compensation_id: UUID, amount: Decimal | None = None) -> PromisedCompensation:
    """Issue the credit note for a promise, for less where the order no longer bears it.

    Raises:
        CompensationNotFound: when there is no such promise to be booked.
        AllowanceTooLarge: when it is more than the customer has to pay in all.
    """
    query = select(PromisedCompensation).where(PromisedCompensation.id == compensation_id)
    row = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None or row.state != TO_BOOK:
        raise CompensationNotFound
    row.amount = amount or row.amount
    _credit(row, current_person().name)
    return row


def note_credited(deal_id: UUID, compensation_id: UUID | None, number: str, back: Decimal) -> None:
    """A credit note was issued: what the customer had paid is to be given back."""
    for row in open_of(deal_id):
        for_goods = compensation_id is None and row.kind == "return"
        if row.id != compensation_id and not for_goods:
            continue
        row.credit_note = number
        row.to_give_back += back
        if row.left > 0:
            row.state = TO_GIVE_BACK
            _withdraw(row)
            _ask(row, GIVE_IT_BACK, row.left)
        elif not for_goods:
            _kept(row)
        return


def note_given_back(deal_id: UUID, amount: Decimal) -> None:
    """Money of the order was given back or kept as credit: promises are kept, the oldest first."""
    for row in open_of(deal_id):
        given = min(amount, row.left)
        if given <= 0:
            continue
        row.given_back, amount = row.given_back + given, amount - given
        if row.left == 0:
            _kept(row)


def _credit(row: PromisedCompensation, by: str) -> None:
    picture = lock([row.deal_id])[row.deal_id]
    with force_locale(company().language):
        reason = _("Complaint %(number)s: %(reason)s", number=row.complaint, reason=row.reason)
    note = credit_allowance(picture, row.amount, reason, by, row.id)
    row.credit_note = note.number


def _kept(row: PromisedCompensation) -> None:
    row.state = KEPT
    _withdraw(row)


def _ask(row: PromisedCompensation, title: str, amount: Decimal) -> None:
    tasks.ask(
        KIND,
        f"finance.compensation:{row.id}:{row.state}:{amount}",
        title,
        today(),
        customer_id=row.customer_id,
        deal_id=row.deal_id,
        number=row.order,
        pool="finance",
        reason="%(reason)s",
        amount=amount,
        currency=row.currency,
        words={
            "amount": format_money(amount, row.currency),
            "complaint": row.complaint,
            "reason": row.reason,
        },
    )
    hint("finance.receivables", row.order)


def _withdraw(row: PromisedCompensation) -> None:
    with force_locale(company().language):
        reason = _("It has been done.")
    tasks.withdraw(reason, prefix=f"finance.compensation:{row.id}:")
    hint("finance.receivables", row.order)
