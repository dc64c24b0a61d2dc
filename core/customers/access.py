"""Who may see what of a card, and the trail that looking at guarded things leaves.

Anybody who is signed in finds any customer, sees her phones, what she prefers and what she owes.
Note, family and contacts are for her salesperson, for whoever has work to do for her, and for
those who may see what is personal of everybody. Without a salesperson a card is everybody's.
"""

from datetime import timedelta
from uuid import UUID

from flask import g
from sqlalchemy import select

from core.clock import now
from core.customers.identity_numbers import masked
from core.customers.models import Customer, CustomerAccess
from core.customers.queries import customer
from core.customers.resolution import same_customer
from core.db import db
from core.people import current_person, current_person_or_none, may
from core.tasks.kinds import kinds_for
from core.tasks.models import OPEN, Task

SENSITIVE = "core.sensitive"
#: Within this time somebody has opened a card once.
ONE_LOOK = timedelta(hours=1)


def may_see_private(row: Customer) -> bool:
    """Tell whether the person who asks may see note, family and contacts of a card."""
    person = current_person_or_none()
    if person is None:
        return False
    if row.seller_id in (None, person.id) or may(SENSITIVE):
        return True
    kinds = [kind.name for kind in kinds_for(person)]
    work = select(Task.id).where(
        Task.customer_id.in_(same_customer(row.id)), Task.state == OPEN, Task.kind.in_(kinds)
    )
    return db.session.scalar(work.limit(1)) is not None


def phone_shown(row: Customer) -> str:
    """Return her first telephone for a list: of a colleague's customer only its ends."""
    if not row.phone or current_person_or_none() is None:
        return ""
    return row.phone if may_list_phones(row) else ends_of(row.phone)


def may_list_phones(row: Customer) -> bool:
    """Tell whether the person who asks sees whole numbers of a card among many."""
    person = current_person_or_none()
    if person is None:
        return False
    return row.seller_id in (None, person.id) or may(SENSITIVE)


def ends_of(phone: str) -> str:
    """Return a number of which only the ends are shown."""
    return f"{phone[:3]}****{phone[-2:]}"


def opened(row: Customer) -> None:
    """Let it be noted, once the request is over, that somebody has opened this card."""
    person = current_person_or_none()
    if person is not None and not has_opened(row.id, person.id):
        g.lamplit_opened_card = row.id


def has_opened(customer_id: UUID, person_id: UUID) -> bool:
    """Whether it is noted already: a page that is open re-reads itself, and that is one look."""
    lately = select(CustomerAccess.id).where(
        CustomerAccess.customer_id == customer_id,
        CustomerAccess.person_id == person_id,
        CustomerAccess.what == "card",
        CustomerAccess.at > now() - ONE_LOOK,
    )
    return db.session.scalar(lately.limit(1)) is not None


def resident_id_masked(row: Customer) -> str:
    """Return her ID number with birthday and sequence hidden; empty when there is none."""
    return masked(row.resident_id) if row.resident_id else ""


def reveal_resident_id(customer_id: UUID) -> str | None:
    """Return her whole ID number, and note who looked at it."""
    row = customer(customer_id)
    if row.resident_id:
        note_access("resident_id", row.id)
    return row.resident_id


def note_access(what: str, customer_id: UUID | None = None, detail: str = "") -> None:
    """Note that guarded data was looked at or taken away, in the caller's transaction."""
    db.session.add(
        CustomerAccess(
            at=now(),
            person_id=current_person().id,
            what=what,
            customer_id=customer_id,
            detail=detail[:200],
        )
    )
