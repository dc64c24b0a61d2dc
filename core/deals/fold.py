"""How each fact changes the picture. Pure: works on rows in or out of a session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.deals import facts
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine
from core.deals.stage import stage_of
from core.money import ZERO, to_money


@dataclass(frozen=True)
class Stated:
    """A fact with the moment, the person and the place in the log that the bus adds."""

    fact: facts.Fact
    at: datetime
    by: str | None


def opened(sale: facts.Sold) -> Deal:
    """Return the empty deal that a first sale opens."""
    figures = dict.fromkeys(
        "ordered cancelled shipped delivered returned invoiced credited received refunded "
        "written_off owed".split(),
        ZERO,
    )
    return Deal(
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
        **figures,
    )


def fold(deal: Deal, stated: Stated) -> Decimal | None:
    """Apply one fact to the deal and return the amount that its entry shows."""
    fact = stated.fact
    step = next(step for kind, step in _STEPS.items() if isinstance(fact, kind))
    amount = step(deal, stated)
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


def _sold(deal: Deal, stated: Stated) -> Decimal:
    sale = stated.fact
    assert isinstance(sale, facts.Sold)
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
    deal.promised_on = sale.promised_on or deal.promised_on
    _plan(deal, sale.dues)
    return total


def _new_line(deal: Deal, sold: facts.SoldLine) -> DealLine:
    return DealLine(
        deal_id=deal.id,
        line_id=sold.line_id,
        position=len(deal.lines) + 1,
        sku=sold.sku,
        name=sold.name,
        unit=sold.unit,
        unit_price=sold.unit_price,
        ordered=ZERO,
        amount=ZERO,
        tax=ZERO,
        cancelled=ZERO,
        cancelled_amount=ZERO,
        shipped=ZERO,
        delivered=ZERO,
        returned=ZERO,
    )


def _cancelled(deal: Deal, stated: Stated) -> Decimal:
    fact = stated.fact
    assert isinstance(fact, facts.Cancelled)
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
            deal.dues.append(DealDue(deal_id=deal.id, position=place))
        row = deal.dues[place]
        row.amount, row.on_day = due.amount, due.on
        row.before_shipping, row.kind = due.before_shipping, due.kind
    del deal.dues[len(dues) :]


def _goods(counter: str) -> Callable[[Deal, Stated], Decimal]:
    """Return the step that raises one of the three counters and its value at order prices."""

    def step(deal: Deal, stated: Stated) -> Decimal:
        known = {line.line_id: line for line in deal.lines}
        for moved in stated.fact.lines:  # type: ignore[attr-defined]
            line = known[moved.line_id]
            setattr(line, counter, getattr(line, counter) + moved.quantity)
            # What is in the customer's hands has left the house, whoever forgot to say so.
            line.shipped = max(line.shipped, line.delivered)
        before: Decimal = getattr(deal, counter)
        for each in ("shipped", "delivered", "returned"):
            setattr(deal, each, _worth(deal, each))
        after: Decimal = getattr(deal, counter)
        return after - before

    return step


def _worth(deal: Deal, counter: str) -> Decimal:
    return sum((value_of(line, getattr(line, counter)) for line in deal.lines), ZERO)


def value_of(line: DealLine, quantity: Decimal) -> Decimal:
    """Return what a quantity of this line is worth at the order's price, to the cent.

    Computed from the total, so that parts always add up to the whole line.
    """
    return to_money(line.amount * quantity / line.ordered) if line.ordered else ZERO


def _adds(figure: str) -> Callable[[Deal, Stated], Decimal]:
    def step(deal: Deal, stated: Stated) -> Decimal:
        amount: Decimal = stated.fact.amount  # type: ignore[attr-defined]
        setattr(deal, figure, getattr(deal, figure) + amount)
        return amount

    return step


def _concern_raised(deal: Deal, stated: Stated) -> None:
    fact = stated.fact
    assert isinstance(fact, facts.ConcernRaised)
    deal.concerns.append(
        DealConcern(
            deal_id=deal.id,
            concern_id=fact.concern_id,
            kind=fact.kind,
            text=fact.text,
            holds=fact.holds,
            raised_at=stated.at,
            raised_by=stated.by,
        )
    )


def _concern_settled(deal: Deal, stated: Stated) -> None:
    fact = stated.fact
    assert isinstance(fact, facts.ConcernSettled)
    for concern in deal.concerns:
        if concern.concern_id == fact.concern_id:
            concern.settled_at = stated.at


_STEPS: dict[type[facts.Fact], Callable[[Deal, Stated], Decimal | None]] = {
    facts.Sold: _sold,
    facts.Cancelled: _cancelled,
    facts.Shipped: _goods("shipped"),
    facts.Delivered: _goods("delivered"),
    facts.Returned: _goods("returned"),
    facts.Invoiced: _adds("invoiced"),
    facts.Credited: _adds("credited"),
    facts.Paid: _adds("received"),
    facts.Refunded: _adds("refunded"),
    facts.WrittenOff: _adds("written_off"),
    facts.ConcernRaised: _concern_raised,
    facts.ConcernSettled: _concern_settled,
}


def fact_name(fact: facts.Fact) -> str:
    """Return the short name of the fact an event states: "sold", "paid" …"""
    kind = next(kind for kind in _STEPS if isinstance(fact, kind))
    return _NAMES[kind]


_NAMES = {
    kind: "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__)[1:]
    for kind in _STEPS
}


def entry(deal: Deal, stated: Stated, event_id: object, pos: int, type_: str) -> DealEntry:
    """Fold the fact into the deal and return the entry that tells of it."""
    amount = fold(deal, stated)
    return DealEntry(
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
