"""Keep the view of what every deal owes; only the handlers call this."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from core.db import db
from core.deals.facts import (
    Cancelled,
    Credited,
    Due,
    Fact,
    Paid,
    Refunded,
    Sold,
    WrittenOff,
)
from core.money import ZERO
from modules.finance.models import Receivable, ReceivableDue

#: Where in the lists what has no day stands, and after it what is settled.
NO_DAY: Final = date(9999, 12, 30)
SETTLED: Final = date(9999, 12, 31)


def take_in(facts: Sequence[Fact]) -> None:
    """Fold facts of the same kind into the receivables of their deals, at most one for each."""
    rows = _rows({fact.deal_id for fact in facts})
    for fact in facts:
        row = rows.get(fact.deal_id)
        if row is None and isinstance(fact, Sold):
            row = rows[fact.deal_id] = _opened(fact)
            db.session.add(row)
        if row is None:
            raise LookupError(f"order {fact.number} has no receivable: its sale was never told")
        _fold(row, fact)
        _reckon(row)


def _rows(ids: set[object]) -> dict[object, Receivable]:
    query = select(Receivable).where(Receivable.deal_id.in_(ids))
    return {row.deal_id: row for row in db.session.scalars(query)}


def _opened(sale: Sold) -> Receivable:
    return Receivable(
        deal_id=sale.deal_id,
        number=sale.number,
        customer_id=sale.customer_id,
        customer_name=sale.customer_name,
        seller_id=sale.seller_id,
        seller_name=sale.seller_name,
        currency=sale.currency,
        sold_on=sale.happened_on,
        sold=ZERO,
        cancelled=ZERO,
        credited=ZERO,
        written_off=ZERO,
        received=ZERO,
        refunded=ZERO,
        dues=[],
    )


def _fold(row: Receivable, fact: Fact) -> None:
    next(step for kind, step in _STEPS.items() if isinstance(fact, kind))(row, fact)


def _sold(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, Sold)
    row.sold += sum((line.amount for line in fact.lines), ZERO)
    _plan(row, fact.dues)


def _cancelled(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, Cancelled)
    row.cancelled += sum((line.amount for line in fact.lines), ZERO)
    _plan(row, fact.dues)


def _credited(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, Credited)
    row.credited += fact.amount


def _written_off(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, WrittenOff)
    row.written_off += fact.amount


def _paid(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, Paid)
    row.received += fact.amount


def _refunded(row: Receivable, fact: Fact) -> None:
    assert isinstance(fact, Refunded)
    row.refunded += fact.amount


_STEPS: dict[type[Fact], Callable[[Receivable, Fact], None]] = {
    Sold: _sold,
    Cancelled: _cancelled,
    Credited: _credited,
    WrittenOff: _written_off,
    Paid: _paid,
    Refunded: _refunded,
}


def _plan(row: Receivable, dues: Sequence[Due]) -> None:
    """Replace the plan; rows are reused by place, so that the database sees updates."""
    for place, due in enumerate(dues):
        if place == len(row.dues):
            row.dues.append(ReceivableDue(position=place))
        row.dues[place].amount, row.dues[place].on_day = due.amount, due.on
    del row.dues[len(dues) :]


def _reckon(row: Receivable) -> None:
    """Work out what is owed, what of it ages from which day, and the place in the lists."""
    row.owed = row.total - row.kept
    dated = sorted((due for due in row.dues if due.on_day), key=_by_day)
    for due, open_ in zip(dated, aged([due.amount for due in dated], row.owed, row.kept)):
        due.open = open_
    for due in row.dues:
        if not due.on_day:
            due.open = ZERO
    row.due_on = min((due.on_day for due in dated if due.on_day and due.open > 0), default=None)
    row.falls_on = SETTLED if row.owed <= 0 else row.due_on or NO_DAY


def _by_day(due: ReceivableDue) -> tuple[date, int]:
    return due.on_day or NO_DAY, due.position


def aged(amounts: Sequence[Decimal], owed: Decimal, kept: Decimal) -> list[Decimal]:
    """Return what is open of each dated step, in the order of their days.

    What has fallen due by any day adds up to the deal's `overdue` on that day, which every
    department sees: max(0, min(owed, dues until then − money kept)).
    """
    parts, fallen, told = [], ZERO, ZERO
    for amount in amounts:
        fallen += amount
        until_then = max(ZERO, min(owed, fallen - kept))
        parts.append(until_then - told)
        told = until_then
    return parts
