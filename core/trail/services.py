"""Write down who opened which card: once an hour, however often the page is read anew."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.customers.models import CustomerAccess
from core.db import db
from core.ids import new_id

#: A page that is open re-reads itself: within this time that is the same look.
ONE_LOOK: Final = timedelta(hours=1)


def note_opened(customer_id: UUID, person_id: UUID) -> None:
    """Note that somebody has opened a card, unless she has just done so."""
    lately = select(CustomerAccess.id).where(
        CustomerAccess.customer_id == customer_id,
        CustomerAccess.person_id == person_id,
        CustomerAccess.what == "card",
        CustomerAccess.at > now() - ONE_LOOK,
    )
    if db.session.scalar(lately.limit(1)) is None:
        row = CustomerAccess(
            id=new_id(), at=now(), person_id=person_id, what="card", customer_id=customer_id
        )
        db.session.add(row)
