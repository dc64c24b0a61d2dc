"""What may be asked about who looked at what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from core.clock import zone
from core.customers.models import Customer, CustomerAccess
from core.customers.queries import named
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.people.models import PersonRow


@dataclass(frozen=True)
class Step:
    """One step of the trail, with the names that belong to it."""

    row: CustomerAccess
    person: str
    customer: Customer | None

    @property
    def id(self) -> UUID:
        """The step's id."""
        return self.row.id


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of the trail; None and "" mean all."""

    person_id: UUID | None = None
    what: str = ""
    customer_id: UUID | None = None
    #: Days of the company, both included.
    since: date | None = None
    until: date | None = None


def trail(asked: Asked, limit: int = 50, after: str | None = None) -> Page[Step]:
    """Return the steps, newest first, a page at a time."""
    order = (CustomerAccess.at.desc(), CustomerAccess.id.desc())
    query = _narrowed(select(CustomerAccess), asked).order_by(*order).limit(limit + 1)
    last = db.session.get(CustomerAccess, decode(after, "uuid")[0]) if after else None
    if last is not None:
        place = tuple_(last.at, last.id)
        query = query.where(tuple_(CustomerAccess.at, CustomerAccess.id) < place)
    rows = db.session.scalars(query).all()
    next_ = encode(rows[limit - 1].id) if len(rows) > limit else None
    return Page(_with_names(rows[:limit]), next_)


def _narrowed(query: Select[Any], asked: Asked) -> Select[Any]:
    if asked.person_id is not None:
        query = query.where(CustomerAccess.person_id == asked.person_id)
    if asked.what:
        query = query.where(CustomerAccess.what == asked.what)
    if asked.customer_id is not None:
        query = query.where(CustomerAccess.customer_id.in_(same_customer(asked.customer_id)))
    if asked.since is not None:
        query = query.where(CustomerAccess.at >= _begin(asked.since))
    if asked.until is not None:
        query = query.where(CustomerAccess.at < _begin(asked.until + timedelta(days=1)))
    return query


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, zone())


def _with_names(rows: Sequence[CustomerAccess]) -> list[Step]:
    cards = named({row.customer_id for row in rows if row.customer_id})
    who = {row.person_id for row in rows if row.person_id}
    people = dict(
        db.session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(who))).all()
    )
    return [
        Step(
            row,
            people.get(row.person_id, "") if row.person_id else "",
            cards.get(row.customer_id) if row.customer_id else None,
        )
        for row in rows
    ]
