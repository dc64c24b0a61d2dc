"""What the first screen of a card shows, so that the customer need not repeat herself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.calendar.anniversaries import Celebration, celebrations
from core.calendar.lunar import OutsideCalendar
from core.clock import local, today
from core.company import company
from core.customers import access, queries
from core.customers.birthdays import birthday_text, kept_next
from core.customers.duplicates import alike, typed_of
from core.customers.figures import figures, purchases
from core.customers.models import Birth, Customer
from core.customers.naming import addressed
from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal, DealConcern
from core.deals.queries import deals
from core.people.models import PersonRow
from core.search.answers import balances_of
from core.search.kinds import kind_named
from core.tasks.queries import open_tasks
from core.timeline.queries import timeline

#: A card with which nothing has happened for so long is flagged.
STALE = timedelta(days=180)
_ORDERS, _TASKS, _STORY = 4, 5, 10


@dataclass(frozen=True)
class Kept:
    """A birthday as this year keeps it."""

    text: str
    on: date | None
    #: Full years and years as families count them, on that day.
    celebration: Celebration | None


@dataclass(frozen=True)
class Worry:
    """An open concern about one of her orders."""

    number: str
    text: str
    holds: str
    raised_at: datetime


def page_of(row: Customer, after: str | None = None) -> dict[str, Any]:
    """Return the template variables of a card."""
    order = kind_named("order")
    found = figures(row.id)
    last = queries.touched_at(row)
    tasks = open_tasks(customer_id=row.id, limit=_TASKS)
    return {
        "customer": row,
        "currency": company().currency,
        "addressed": addressed(row),
        "balances": balances_of([row.id])[row.id],
        "figures": found,
        "purchases": [purchases(row.id, one.currency) for one in found],
        "birthday": kept(row),
        "private": not access.may_see_private(row),
        "contacts": [(each, kept(each)) for each in row.contacts],
        "resident_id": access.resident_id_masked(row),
        "seller": _name_of(row.seller_id),
        "deals": deals(customer_id=row.id, limit=_ORDERS, after=after),
        "order_url": order.link if order else None,
        "tasks": tasks,
        "worries": _worries(row.id),
        "alike": alike(typed_of(row), row.id),
        "aliases": queries.aliases(row.id),
        "story": timeline(row.id, limit=_STORY),
        "touched_on": local(last).date(),
        "stale": today() - local(last).date() > STALE,
    }


def kept(row: Birth) -> Kept | None:
    """Return when a birthday is kept next, and how old she gets."""
    birthday = row.birthday
    if birthday is None:
        return None
    on = kept_next(birthday, today())
    found: Sequence[Celebration] = ()
    if on is not None and birthday.year is not None:
        try:
            found = celebrations(birthday, on, on)
        except OutsideCalendar:
            found = ()
    return Kept(birthday_text(birthday), on, found[0] if found else None)


def _worries(customer_id: UUID) -> list[Worry]:
    query = (
        select(Deal.number, DealConcern.text, DealConcern.holds, DealConcern.raised_at)
        .join(Deal, Deal.id == DealConcern.deal_id)
        .where(Deal.customer_id.in_(same_customer(customer_id)), DealConcern.settled_at.is_(None))
        .order_by(DealConcern.raised_at.desc())
        .limit(3)
    )
    return [Worry(*row) for row in db.session.execute(query)]


def _name_of(person_id: UUID | None) -> str:
    person = db.session.get(PersonRow, person_id) if person_id else None
    return person.name if person else ""
