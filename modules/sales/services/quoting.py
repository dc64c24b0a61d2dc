"""Write a quotation."""

from typing import Final

from core.aggregates import Aggregate, Part
from core.clock import now, today
from core.ids import new_id
from core.live.hints import hint
from core.numbers import next_number
from core.people import Person
from core.people.identity import current_person
from core.plain import PlainRows
from core.text import tidy_lines
from modules.sales.drafts import OrderDraft
from modules.sales.models import Order, OrderEntry, OrderLine
from modules.sales.plan import checked_rule
from modules.sales.pricing import priced, total_of
from modules.sales.services.records import buyer, line_as, make_findable

_LINES: Final = Part("lines", OrderLine, "position")
_ORDERS: Final = Aggregate(Order, _LINES)
_ENTRIES: Final = PlainRows(OrderEntry)


def write_quotation(draft: OrderDraft, seller: Person | None = None) -> Order:
    """Write a quotation for a customer; who writes it is the salesperson, unless another is named.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    order = quoted(draft, seller or current_person())
    enter(order, "quoted")
    make_findable(order)
    return order


def quoted(draft: OrderDraft, person: Person) -> Order:
    """Return the new order with its lines, not yet entered."""
    card = buyer(draft.customer_id)
    lines = priced(draft.lines)
    total = total_of(lines)
    rule = checked_rule(draft.deposit, total)
    order = _ORDERS.new(
        id=new_id(),
        number=next_number("SO"),
        # As it was given: of merged cards the deal tells which, so that an undo finds it.
        customer_id=draft.customer_id,
        customer_name=card.name,
        seller_id=person.id,
        seller_name=person.name,
        currency=lines[0].product.currency,
        state="quotation",
        dated_on=today(),
        promised_on=draft.promised_on,
        total=total,
        note=tidy_lines(draft.note),
        imported=False,
        version=1,
    )
    order.deposit = rule
    order.lines = [
        line_as(_LINES.rows.like, order, position, line) for position, line in enumerate(lines, 1)
    ]
    return order


def enter(order: Order, *acts: str) -> None:
    """Write a new order, and that its salesperson has done this with it; let open screens know."""
    _ORDERS.write([order])
    _ENTRIES.insert(
        _ENTRIES.like(
            id=new_id(), order_id=order.id, at=now(), by=order.seller_name,
            act=act, reason="", changes=[],
        )
        for act in acts
    )  # fmt: skip
    hint("sales.orders", order.number)
