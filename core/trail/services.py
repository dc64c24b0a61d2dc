"""Write down who opened which card: once an hour, however often the page is read anew."""

from uuid import UUID

from core.clock import now
from core.customers.access import has_opened
from core.customers.models import CustomerAccess
from core.db import db
from core.ids import new_id


def note_opened(customer_id: UUID, person_id: UUID) -> None:
    """Note that somebody has opened a card, unless it was noted meanwhile."""
    if not has_opened(customer_id, person_id):
        row = CustomerAccess(
            id=new_id(), at=now(), person_id=person_id, what="card", customer_id=customer_id
        )
        db.session.add(row)
