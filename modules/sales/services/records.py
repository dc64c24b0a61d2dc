"""What every act on an order does to sales' own records."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now
from core.customers.errors import CustomerNotFound
from core.customers.queries import Named, name_of
from core.db import db
from core.deals.picture import Picture
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.money import tax_contained
from core.people.identity import current_person
from core.search import index
from core.text import tidy_lines
from modules.sales.drafts import OrderChanges
from modules.sales.errors import OrderNotFound, SettledHistory
from modules.sales.models import Order, OrderEntry, OrderLine
from modules.sales.plan import checked_rule
from modules.sales.pricing import PricedLine


def held_order(number: str) -> Order:
    """Return the order, locked: two acts on one order follow each other.

    Raises:
        OrderNotFound: when there is none.
        SettledHistory: when it was taken over from elsewhere.
    """
    query = (
        select(Order)
        .where(Order.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = db.session.scalar(query)
    if row is None:
        raise OrderNotFound(order=number)
    if row.imported:
        raise SettledHistory(order=number)
    return row


def buyer(customer_id: UUID) -> Named:
    """Return who the customer is; raises InvalidInput at the field when there is none."""
    try:
        return name_of(customer_id)
    except CustomerNotFound:
        message = _("There is no such customer. Choose one from the list.")
        raise InvalidInput({"customer_id": message}) from None


def new_line(order: Order, position: int, line: PricedLine) -> OrderLine:
    """Add a line to an order that the session watches."""
    row = line_as(OrderLine, order, position, line)
    order.lines.append(row)
    return row


def line_as(kind: type[OrderLine], order: Order, position: int, line: PricedLine) -> OrderLine:
    """Return a line of the order, with its amounts: watched by a session, or plain."""
    row = kind(
        id=new_id(),
        order_id=order.id,
        position=position,
        sku=line.product.sku,
        name=line.product.name,
        unit=line.product.unit,
        tax_rate=line.product.tax_rate,
    )
    price_line(row, line)
    return row


def price_line(row: OrderLine, line: PricedLine) -> None:
    """Write quantity and price as they were entered."""
    row.quantity = line.draft.quantity
    row.unit_price = line.unit_price
    row.discount_percent = line.discount_percent
    row.amount, row.tax = line.amount, line.tax


def follow_deal(order: Order, picture: Picture) -> None:
    """Bring the lines and the total to what the deal says after an act on it."""
    rows = {row.id: row for row in order.lines}
    for line in picture.lines:
        row = rows[line.line_id]
        row.quantity = line.ordered - line.cancelled
        row.amount = line.amount - line.cancelled_amount
        row.tax = tax_contained(row.amount, row.tax_rate)
    order.total = picture.ordered - picture.cancelled


def take_terms(order: Order, changes: OrderChanges) -> None:
    """Write the promised day, the deposit rule and the note, as far as they are given."""
    if "promised_on" in changes:
        order.promised_on = changes["promised_on"]
    if "note" in changes:
        order.note = tidy_lines(changes["note"])
    if "deposit" in changes:
        order.deposit = checked_rule(changes["deposit"], order.total)


def noted(
    order: Order, act: str, reason: str = "", changes: Iterable[Any] = (), *, by: str = ""
) -> None:
    """Append who did what, and let open screens know; `by` names who is behind an event."""
    db.session.add(
        OrderEntry(
            order_id=order.id, at=now(), by=by or current_person().name,
            act=act, reason=reason, changes=list(changes),
        )
    )  # fmt: skip
    hint("sales.orders", order.number)


def make_findable(order: Order) -> None:
    """Let people find the quotation; an order is found as its deal."""
    if order.state == "confirmed":
        index.remove("quotation", order.number)
        return
    index.put(
        "quotation",
        order.number,
        order.number,
        (order.number, order.customer_name, *(line.name for line in order.lines)),
        subtitle=order.customer_name,
        permission="sales.sell",
        module="sales",
    )
