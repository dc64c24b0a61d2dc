"""Keep the view of what every deal owes; only the handlers call this."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Final

from core.aggregates import Aggregate, Part
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
from core.deals.plan import parts
from core.money import ZERO
from modules.finance.models import NO_DAY, SETTLED, Receivable, ReceivableDue

_DUES: Final = Part("dues", ReceivableDue, "position")
_RECEIVABLES: Final = Aggregate(Receivable, _DUES)


def take_in(facts: Sequence[Fact]) -> None:
    """Fold facts of the same kind into the receivables of their deals, at most one for each."""
    rows = _RECEIVABLES.read("deal_id", {fact.deal_id for fact in facts})
    for fact in facts:
        row = rows.get(fact.deal_id)
        if row is None and isinstance(fact, Sold):
            row = rows[fact.deal_id] = _opened(fact)
        if row is None:
            raise LookupError(f"order {fact.number} has no receivable: its sale was never told")
        _fold(fact, row)
        _reckon(row)
    _RECEIVABLES.write(rows.values())


def _opened(sale: Sold) -> Receivable:
    return _RECEIVABLES.new(
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
    )


@singledispatch
def _fold(fact: Fact, _row: Receivable) -> None:
    raise TypeError(f"{type(fact).__name__} does not change what is owed")


@_fold.register
def _sold(fact: Sold, row: Receivable) -> None:
    row.sold += sum((line.amount for line in fact.lines), ZERO)
    _plan(row, fact.dues)


@_fold.register
def _cancelled(fact: Cancelled, row: Receivable) -> None:
    row.cancelled += sum((line.amount for line in fact.lines), ZERO)
    _plan(row, fact.dues)


@_fold.register
def _credited(fact: Credited, row: Receivable) -> None:
    row.credited += fact.amount


@_fold.register
def _written_off(fact: WrittenOff, row: Receivable) -> None:
    row.written_off += fact.amount


@_fold.register
def _paid(fact: Paid, row: Receivable) -> None:
    row.received += fact.amount


@_fold.register
def _refunded(fact: Refunded, row: Receivable) -> None:
    row.refunded += fact.amount


def _plan(row: Receivable, dues: Sequence[Due]) -> None:
    """Replace the plan; rows are reused by place, so that the database sees updates."""
    for place, due in enumerate(dues):
        if place == len(row.dues):
            row.dues.append(_DUES.rows.like(deal_id=row.deal_id, position=place))
        row.dues[place].amount, row.dues[place].on_day = due.amount, due.on
    del row.dues[len(dues) :]


def _reckon(row: Receivable) -> None:
    """Work out what is owed, what of it ages from which day, and the place in the lists."""
    row.owed = row.total - row.kept
    for due, part in zip(row.dues, parts(row.dues, row.owed, row.kept), strict=True):
        due.open = part.falling
    row.due_on = min((due.on_day for due in row.dues if due.on_day and due.open > 0), default=None)
    row.falls_on = SETTLED if row.owed <= 0 else row.due_on or NO_DAY
