"""How each fact changes the picture. Pure: works on plain values, in the way of no session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import singledispatch
from typing import Protocol

from core.deals import facts
from core.deals.models import Deal, DealEntry, DealLine
from core.deals.rows import PLAIN
from core.deals.stage import stage_of
from core.money import ZERO, to_money

#: The three counters of goods.
GOODS = ("shipped", "delivered", "returned")
_FIGURES = (
    "ordered", "cancelled", *GOODS, "invoiced", "credited", "received", "refunded", "written_off",
    "owed",
)  # fmt: skip


class Priced(Protocol):
    """A line, as a row or as plain values."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def ordered(self) -> Decimal: ...


@dataclass(frozen=True)
class Stated:
    """A fact with the moment, the person and the place in the log that the bus adds."""

    fact: facts.Fact
    at: datetime
    by: str | None


def opened(sale: facts.Sold) -> Deal:
    """Return the empty deal that a first sale opens."""
    return PLAIN.deal(
        id=sale.deal_id,
        number=sale.number,
        customer_id=sale.customer_id,
        customer_name=sale.customer_name,
        seller_id=sale.seller_id,
        seller_name=sale.seller_name,
        currency=sale.currency,
        sold_on=sale.happened_on,
        promised_on=sale.promised_on,
        historical=sale.historical,
        **dict.fromkeys(_FIGURES, ZERO),
    )


def fold(deal: Deal, stated: Stated) -> Decimal | None:
    """Apply one fact to the deal and return the amount that its entry shows."""
    amount = _apply(stated.fact, deal, stated)
    deal.owed = (
        deal.ordered
        - deal.cancelled
        - deal.credited
        - deal.written_off
        - deal.received
        + deal.refunded
    )
    deal.stage = stage_of(deal)
    return amount


@singledispatch
def _apply(fact: facts.Fact, _deal: Deal, _stated: Stated) -> Decimal | None:
    raise TypeError(f"{type(fact).__name__} is no fact that a deal knows")


@_apply.register
def _(sale: facts.Sold, deal: Deal, _stated: Stated) -> Decimal:
    known = {line.line_id: line for line in deal.lines}
    for sold in sale.lines:
        line = known.get(sold.line_id)
        if line is None:
            line = known[sold.line_id] = _new_line(deal, sold)
            deal.lines.append(line)
        line.ordered += sold.quantity
        line.amount += sold.amount
        line.tax += sold.tax
    total = sum((sold.amount for sold in sale.lines), ZERO)
    deal.ordered += total
    deal.promised_on = sale.promise_after(deal.promised_on)
    _plan(deal, sale.dues)
    return total


def _new_line(deal: Deal, sold: facts.SoldLine) -> DealLine:
    counters = dict.fromkeys(
        ("ordered", "amount", "tax", "cancelled", "cancelled_amount", *GOODS), ZERO
    )
    return PLAIN.line(
        deal_id=deal.id,
        line_id=sold.line_id,
        position=len(deal.lines) + 1,
        sku=sold.sku,
        name=sold.name,
        unit=sold.unit,
        unit_price=sold.unit_price,
        **counters,
    )


@_apply.register
def _(fact: facts.Cancelled, deal: Deal, _stated: Stated) -> Decimal:
    known = {line.line_id: line for line in deal.lines}
    for gone in fact.lines:
        known[gone.line_id].cancelled += gone.quantity
        known[gone.line_id].cancelled_amount += gone.amount
    total = sum((gone.amount for gone in fact.lines), ZERO)
    deal.cancelled += total
    _plan(deal, fact.dues)
    return total


def _plan(deal: Deal, dues: tuple[facts.Due, ...]) -> None:
    """Replace the plan; rows are reused by place, so that a database sees updates."""
    for place, due in enumerate(dues):
        if place == len(deal.dues):
            deal.dues.append(PLAIN.due(deal_id=deal.id, position=place))
        row = deal.dues[place]
        row.amount, row.on_day = due.amount, due.on
        row.before_shipping, row.kind = due.before_shipping, due.kind
    del deal.dues[len(dues) :]


@_apply.register
def _(fact: facts.Shipped, deal: Deal, _stated: Stated) -> Decimal:
    return _move(deal, "shipped", fact.lines)


@_apply.register
def _(fact: facts.Delivered, deal: Deal, _stated: Stated) -> Decimal:
    return _move(deal, "delivered", fact.lines)


@_apply.register
def _(fact: facts.Returned, deal: Deal, _stated: Stated) -> Decimal:
    return _move(deal, "returned", fact.lines)


def _move(deal: Deal, counter: str, lines: Sequence[facts.GoodsLine]) -> Decimal:
    """Raise one of the three counters; return by how much its value at order prices grew."""
    known = {line.line_id: line for line in deal.lines}
    for moved in lines:
        line = known[moved.line_id]
        setattr(line, counter, getattr(line, counter) + moved.quantity)
        # What is in the customer's hands has left the house, whoever forgot to say so.
        line.shipped = max(line.shipped, line.delivered)
    before: Decimal = getattr(deal, counter)
    for each in GOODS:
        setattr(deal, each, _worth(deal, each))
    after: Decimal = getattr(deal, counter)
    return after - before


def _worth(deal: Deal, counter: str) -> Decimal:
    return sum((value_of(line, getattr(line, counter)) for line in deal.lines), ZERO)


def value_of(line: Priced, quantity: Decimal) -> Decimal:
    """Return what a quantity of this line is worth at the order's price, to the cent.

    Computed from the total, so that parts always add up to the whole line.
    """
    return to_money(line.amount * quantity / line.ordered) if line.ordered else ZERO


@_apply.register
def _(fact: facts.Invoiced, deal: Deal, _stated: Stated) -> Decimal:
    deal.invoiced += fact.amount
    return fact.amount


@_apply.register
def _(fact: facts.Credited, deal: Deal, _stated: Stated) -> Decimal:
    deal.credited += fact.amount
    return fact.amount


@_apply.register
def _(fact: facts.Paid, deal: Deal, _stated: Stated) -> Decimal:
    deal.received += fact.amount
    return fact.amount


@_apply.register
def _(fact: facts.Refunded, deal: Deal, _stated: Stated) -> Decimal:
    deal.refunded += fact.amount
    return fact.amount


@_apply.register
def _(fact: facts.WrittenOff, deal: Deal, _stated: Stated) -> Decimal:
    deal.written_off += fact.amount
    return fact.amount


@_apply.register
def _(fact: facts.ConcernRaised, deal: Deal, stated: Stated) -> None:
    for concern in deal.concerns:
        if concern.concern_id == fact.concern_id:  # it holds something else now, or came back
            concern.kind, concern.text, concern.holds = fact.kind, fact.text, fact.holds
            concern.settled_at = None
            return
    deal.concerns.append(
        PLAIN.concern(
            deal_id=deal.id,
            concern_id=fact.concern_id,
            kind=fact.kind,
            text=fact.text,
            holds=fact.holds,
            raised_at=stated.at,
            raised_by=stated.by,
            settled_at=None,
        )
    )


@_apply.register
def _(fact: facts.ConcernSettled, deal: Deal, stated: Stated) -> None:
    for concern in deal.concerns:
        if concern.concern_id == fact.concern_id:
            concern.settled_at = stated.at


def fact_name(fact: facts.Fact) -> str:
    """Return the short name of the fact that an event states, such as "sold"."""
    declaration = fact.declaration.fact or fact.declaration
    return declaration.type.removeprefix("deals.")


def entry(deal: Deal, stated: Stated, event_id: object, pos: int, type_: str) -> DealEntry:
    """Fold the fact into the deal and return the entry that tells of it."""
    amount = fold(deal, stated)
    return PLAIN.entry(
        event_id=event_id,
        deal_id=deal.id,
        pos=pos,
        fact=fact_name(stated.fact),
        type=type_,
        at=stated.at,
        by=stated.by,
        happened_on=stated.fact.happened_on,
        document=stated.fact.document,
        amount=amount,
    )
