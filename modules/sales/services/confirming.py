"""Turn a quotation into an order."""

from bus import publish
from core.clock import today
from core.db import db
from core.deals.facts import SoldLine
from core.people.identity import current_person
from core.versions import claim
from modules.sales.drafts import OrderDraft
from modules.sales.errors import AlreadyConfirmed, OrderIsCancelled
from modules.sales.events import OrderPlaced
from modules.sales.models import Order, OrderLine
from modules.sales.plan import plan_of
from modules.sales.services.quoting import enter, quoted
from modules.sales.services.records import buyer, held_order, make_findable, noted


def confirm_order(number: str, *, version: int | None = None) -> Order:
    """Take the order: from now on every department knows of it.

    Who confirms it is its salesperson.

    Raises:
        OrderNotFound: when there is none.
        AlreadyConfirmed, OrderIsCancelled: when it is no quotation any more.
        EditedMeanwhile: when somebody changed it after that version.
    """
    order = held_order(number)
    if order.state == "confirmed":
        raise AlreadyConfirmed(order=number)
    if order.state == "cancelled":
        raise OrderIsCancelled(order=number)
    claim(order, version)
    person, card = current_person(), buyer(order.customer_id)
    order.customer_name = card.name
    order.seller_id, order.seller_name = person.id, person.name
    order.state, order.dated_on = "confirmed", today()
    noted(order, "confirmed")
    db.session.flush()
    publish(_placed(order))
    make_findable(order)
    return order


def place_order(draft: OrderDraft) -> Order:
    """Take an order that was no quotation before: both in one step.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    order = quoted(draft, current_person())
    order.state = "confirmed"
    enter(order, "quoted", "confirmed")
    publish(_placed(order))
    return order


def _placed(order: Order) -> OrderPlaced:
    return OrderPlaced(
        deal_id=order.id,
        number=order.number,
        customer_id=order.customer_id,
        customer_name=order.customer_name,
        currency=order.currency,
        happened_on=order.dated_on,
        document=order.number,
        seller_id=order.seller_id,
        seller_name=order.seller_name,
        lines=tuple(sold_line(line) for line in order.lines),
        dues=plan_of(order.deposit, order.total, order.dated_on, order.promised_on),
        promised_on=order.promised_on,
        quotation_number=order.number,
    )


def sold_line(line: OrderLine) -> SoldLine:
    """Return a whole line as everybody is told of it."""
    return SoldLine(
        line_id=line.id,
        sku=line.sku,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
        amount=line.amount,
        tax=line.tax,
    )
