"""Amend an order that everybody knows: tell what came and what went."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import gettext as _

from bus import Event, publish_many
from core.db import db
from core.deals.facts import CancelledLine, SoldLine
from core.deals.picture import Line, Picture
from core.deals.queries import deal_by_id
from core.errors import InvalidInput
from core.money import ZERO, tax_contained
from modules.sales.drafts import LineDraft, OrderChanges
from modules.sales.events import OrderChanged, OrderReduced
from modules.sales.models import Order, OrderLine
from modules.sales.plan import plan_of
from modules.sales.pricing import PricedLine, line_amount, priced
from modules.sales.services.cancelling import gone, reduction, refuse_shipped
from modules.sales.services.confirming import sold_line
from modules.sales.services.matching import completed
from modules.sales.services.records import follow_deal, new_line, take_terms


@dataclass
class _Amendment:
    """What came to an order and what went from it."""

    order: Order
    went: list[CancelledLine] = field(default_factory=list)
    came: list[SoldLine] = field(default_factory=list)

    def drop(self, line: Line, quantity: Decimal) -> None:
        """Take away a part of a line that has not been shipped."""
        if quantity > 0:
            self.went.append(gone(line, quantity))

    def grow(self, line: Line, row: OrderLine, quantity: Decimal) -> None:
        """Sell more of a line at its own price."""
        whole = line_amount(line.ordered + quantity, row.unit_price, row.discount_percent)
        tax = tax_contained(whole, row.tax_rate) - line.tax
        self.came.append(
            SoldLine(
                line_id=line.line_id, sku=line.sku, name=line.name, unit=line.unit,
                quantity=quantity, unit_price=row.unit_price, amount=whole - line.amount, tax=tax,
            )
        )  # fmt: skip

    def add(self, line: PricedLine, quantity: Decimal) -> None:
        """Sell a quantity on a line of its own."""
        row = new_line(self.order, len(self.order.lines) + 1, line)
        row.quantity = quantity
        row.amount = line_amount(quantity, row.unit_price, row.discount_percent)
        row.tax = tax_contained(row.amount, row.tax_rate)
        db.session.flush()
        self.came.append(sold_line(row))


def amend(order: Order, picture: Picture, changes: OrderChanges, why: str) -> None:
    """Change a confirmed order as far as `picture`, its locked deal, allows."""
    if changes.get("customer_id", order.customer_id) != order.customer_id:
        message = _("The customer of a confirmed order stays. Cancel it and write a new one.")
        raise InvalidInput({"customer_id": message})
    amendment = _Amendment(order)
    if "lines" in changes:
        _compare(amendment, picture, _priced(order, changes["lines"]))
    before = (order.promised_on, order.deposit)
    order.total = _total_after(picture, amendment)
    take_terms(order, changes)
    terms_changed = (order.promised_on, order.deposit) != before
    if amendment.went or amendment.came or terms_changed:
        publish_many(_told(order, picture, amendment, why))
        follow_deal(order, deal_by_id(order.id))


def _priced(order: Order, drafts: Sequence[LineDraft]) -> list[PricedLine]:
    lines = priced(completed([row for row in order.lines if row.quantity], drafts))
    message = _("This order is in %(currency)s.", currency=order.currency)
    if lines[0].product.currency != order.currency:
        raise InvalidInput({"lines.0.sku": message})
    return lines


def _compare(amendment: _Amendment, picture: Picture, wanted: Sequence[PricedLine]) -> None:
    known = {line.line_id: line for line in picture.lines}
    named = {line.draft.line_id for line in wanted}
    for line in picture.lines:
        if line.line_id not in named and line.ordered > line.cancelled:
            if line.shipped:
                raise refuse_shipped(line)
            amendment.drop(line, line.to_ship)
    rows = {row.id: row for row in amendment.order.lines}
    for new in wanted:
        if new.draft.line_id is None:
            amendment.add(new, new.draft.quantity)
            continue
        old, row = known[new.draft.line_id], rows[new.draft.line_id]
        if new.draft.quantity < old.shipped or (old.shipped and row.sku != new.product.sku):
            raise refuse_shipped(old)
        _compare_line(amendment, old, row, new)


def _compare_line(amendment: _Amendment, old: Line, row: OrderLine, new: PricedLine) -> None:
    now, wanted = old.ordered - old.cancelled, new.draft.quantity
    as_sold = (row.sku, row.unit_price, row.discount_percent)
    if as_sold != (new.product.sku, new.unit_price, new.discount_percent):
        # What has left the house keeps its price; the rest is sold anew.
        amendment.drop(old, old.to_ship)
        if wanted > old.shipped:
            amendment.add(new, wanted - old.shipped)
    elif wanted < now:
        amendment.drop(old, now - wanted)
    elif wanted > now and old.cancelled == 0:
        amendment.grow(old, row, wanted - now)
    elif wanted > now:
        # A line of its own: the value of what is left of the old one stays exact to the cent.
        amendment.add(new, wanted - now)


def _total_after(picture: Picture, amendment: _Amendment) -> Decimal:
    went = sum((line.amount for line in amendment.went), ZERO)
    came = sum((line.amount for line in amendment.came), ZERO)
    return picture.ordered - picture.cancelled - went + came


def _told(order: Order, picture: Picture, amendment: _Amendment, why: str) -> list[Event]:
    plan = plan_of(order.deposit, order.total, order.dated_on, order.promised_on)
    events: list[Event] = []
    if amendment.went:
        events.append(OrderReduced(**reduction(picture, amendment.went), dues=plan, reason=why))
    if amendment.came or not amendment.went or order.promised_on != picture.promised_on:
        fields = reduction(picture, ()) | {"lines": tuple(amendment.came), "dues": plan}
        fields |= {"seller_id": picture.seller_id, "seller_name": picture.salesperson}
        withdrawn = order.promised_on is None and picture.promised_on is not None
        fields |= {"promised_on": order.promised_on, "promise_withdrawn": withdrawn}
        events.append(OrderChanged(**fields))
    return events
