"""Register a warranty: by the customer herself on the public page, or by staff.

The visitor hears the same whatever became of it, so that nobody finds out by guessing which
numbers exist, whose they are, or what stands on a card.
"""

from collections.abc import Iterable
from uuid import UUID

from core.customers.completing import complete
from core.customers.phones import Phone
from core.customers.queries import customer as customer_card
from core.customers.queries import same_phone
from core.customers.resolution import resolve
from modules.service.errors import RegisteredAlready
from modules.service.models import Warranty
from modules.service.models.warranties import REGISTERED
from modules.service.queries.warranties import living, serial_key
from modules.service.services.visitors import count_visit
from modules.service.services.warranties import asking, claiming
from modules.service.services.warranties.acts import held
from modules.service.services.warranties.owning import move, register
from modules.service.services.warranties.registrant import Registrant, checked


def register_by_customer(serial: str, who: Registrant, address: str) -> None:
    """Take what a visitor sent; what cannot be true by itself is kept for staff.

    Raises:
        InvalidInput: when a field is wrong in itself.
        TooManyVisits: when too much came from there, or about this number.
    """
    serial, who, phone = checked(serial, who)
    count_visit(f"serial:{serial_key(serial)}", address)
    found = living(serial)
    same = {row.id for row in same_phone([phone.number])}
    known = _registered_by(found, phone) or _bought_by(found, same)
    if known is None:
        claiming.claim(serial, who, phone, found[0] if found else None)
        return
    row = held(known.id)
    if row.state != REGISTERED:
        row.registered_phone = phone.number
        register(row, "customer", may_call=who.may_call)
    card = customer_card(row.customer_id)
    asking.propose(card.id, card.name, complete(card.id, who.told), serial)


def register_by_staff(
    warranty_id: UUID, customer_id: UUID | None = None, note: str = "", *, may_call: bool = False
) -> Warranty:
    """Register it for the buyer, or for somebody else who has the goods; twice is once.

    Raises:
        WarrantyNotFound, WarrantyEnded, CustomerNotFound: when it cannot be done.
        RegisteredAlready: when somebody else's it is.
    """
    row = held(warranty_id)
    owner = customer_card(customer_id or row.customer_id).id
    if row.state == REGISTERED:
        if owner != resolve(row.customer_id):
            raise RegisteredAlready
        return row
    move(row, owner)
    register(row, "staff", may_call=may_call, text=note)
    return row


def _registered_by(found: Iterable[Warranty], phone: Phone) -> Warranty | None:
    """Return the one that was registered under this number: she sends it again."""
    return next((row for row in found if row.registered_phone == phone.number), None)


def _bought_by(found: Iterable[Warranty], customers: set[UUID]) -> Warranty | None:
    """Return the one that nobody has registered and a customer with this number bought."""
    return next(
        (row for row in found if row.state != REGISTERED and resolve(row.customer_id) in customers),
        None,
    )
