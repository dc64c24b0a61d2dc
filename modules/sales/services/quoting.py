"""Write a quotation."""

from core.clock import today
from core.db import db
from core.ids import new_id
from core.numbers import next_number
from core.people import Person
from core.people.identity import current_person
from core.text import tidy_lines
from modules.sales.drafts import OrderDraft
from modules.sales.models import Order
from modules.sales.plan import checked_rule
from modules.sales.pricing import priced, total_of
from modules.sales.services.records import buyer, make_findable, new_line, noted


def write_quotation(draft: OrderDraft, seller: Person | None = None) -> Order:
    """Write a quotation for a customer; who writes it is the salesperson, unless another is named.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    order = quoted(draft, seller or current_person())
    db.session.flush()
    make_findable(order)
    return order


def quoted(draft: OrderDraft, person: Person) -> Order:
    """Return the new order with its lines and its first entry, not yet flushed."""
    card = buyer(draft.customer_id)
    lines = priced(draft.lines)
    total = total_of(lines)
    rule = checked_rule(draft.deposit, total)
    order = Order(
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
    )
    order.deposit = rule
    for position, line in enumerate(lines, 1):
        new_line(order, position, line)
    db.session.add(order)
    noted(order, "quoted", by=person.name)
    return order
