"""What everybody may ask about calls: who rings now, who may be calling, and the day's list."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select, tuple_

from core.calls.errors import CallNotFound
from core.calls.models import ASIDE, Call, CallAct
from core.clock import now, zone
from core.customers.models import Customer, CustomerContact, CustomerPhone, CustomerTouch
from core.customers.queries import named
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.people.models import PersonRow

#: A call that nobody ended is over after so long: some systems never say.
LASTS = timedelta(hours=1)
_CANDIDATES = 6


def call_named(key: str) -> Call:
    """Return a call by our id or by the telephone system's.

    Raises:
        CallNotFound: when there is none.
    """
    own = Call.external_id == key
    with suppress(ValueError):  # it may be the telephone system's own number
        own = or_(own, Call.id == UUID(key))
    row = db.session.scalar(select(Call).where(own).with_for_update())
    if row is None:
        raise CallNotFound(call=key)
    return row


def ringing(person_id: UUID, limit: int = 3) -> Sequence[Call]:
    """Return the open calls for a person that nobody else took and she has not put aside."""
    line = select(PersonRow.line).where(PersonRow.id == person_id).scalar_subquery()
    aside = exists().where(
        CallAct.call_id == Call.id, CallAct.act == ASIDE, CallAct.person_id == person_id
    )
    query = select(Call).where(
        Call.line == line,
        Call.line != "",
        Call.ended_at.is_(None),
        Call.received_at > now() - LASTS,
        or_(Call.taken_by.is_(None), Call.taken_by == person_id),
        ~aside,
    )
    return db.session.scalars(query.order_by(Call.received_at.desc()).limit(limit)).all()


def people_on(line: str) -> list[PersonRow]:
    """Return who answers a number or extension: one person, or a group."""
    if not line:
        return []
    query = select(PersonRow).where(PersonRow.line == line, PersonRow.active)
    return list(db.session.scalars(query.order_by(PersonRow.name)))


def candidates(number: str) -> list[Customer]:
    """Return the cards with a number: hers first, then those of whose people it is.

    Among these, those first with whom something happened last.
    """
    if not number:
        return []
    latest = _latest(CustomerPhone, number)
    latest += [each for each in _latest(CustomerContact, number) if each not in latest]
    found = named(latest[:_CANDIDATES])
    return [found[each] for each in latest[:_CANDIDATES] if each in found]


def contact_calling(number: str, customer_id: UUID) -> CustomerContact | None:
    """Return whose number it is among her people; None when it is her own."""
    ids = same_customer(customer_id)
    own = select(CustomerPhone.id).where(
        CustomerPhone.number == number, CustomerPhone.customer_id.in_(ids)
    )
    if not number or db.session.scalar(own.limit(1)) is not None:
        return None
    query = select(CustomerContact).where(
        CustomerContact.number == number, CustomerContact.customer_id.in_(ids)
    )
    return db.session.scalars(query.order_by(CustomerContact.position).limit(1)).first()


def _latest(holders: type[CustomerPhone | CustomerContact], number: str) -> list[UUID]:
    query = (
        select(holders.customer_id, func.coalesce(CustomerTouch.touched_at, Customer.created_at))
        .join(Customer, Customer.id == holders.customer_id)
        .outerjoin(CustomerTouch, CustomerTouch.customer_id == holders.customer_id)
        .where(holders.number == number)
        .distinct()
        .limit(50)
    )
    touched: dict[UUID, datetime] = {}
    for customer_id, at in db.session.execute(query):
        leading = resolve(customer_id)
        touched[leading] = max(at, touched.get(leading, at))
    return sorted(touched, key=lambda each: (touched[each], str(each)), reverse=True)


def calls(
    *,
    day: date | None = None,
    missed: bool = False,
    line: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Call]:
    """Return calls, newest first, a page at a time."""
    query = select(Call).order_by(Call.received_at.desc(), Call.id.desc()).limit(limit + 1)
    if day is not None:
        begins = datetime.combine(day, time.min, zone())
        ends = datetime.combine(day + timedelta(1), time.min, zone())
        query = query.where(Call.received_at >= begins, Call.received_at < ends)
    if missed:
        query = query.where(Call.missed)
    if line is not None:
        query = query.where(Call.line == line, Call.line != "")
    if after:
        before = db.session.get(Call, decode(after, "uuid")[0])
        if before is not None:
            place = tuple_(before.received_at, before.id)
            query = query.where(tuple_(Call.received_at, Call.id) < place)
    rows = db.session.scalars(query).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)
