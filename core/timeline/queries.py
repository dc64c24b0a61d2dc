"""A customer's timeline: what the log says about her and her orders, newest first.

Nothing is stored twice. Events are found by the index on what they are about (the customer under
every id she has, and her orders), never by reading the log.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    DateTime,
    Row,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from bus import Envelope
from bus.rows import envelope
from bus.tables import ENVELOPE, bus_event
from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal, DealEntry
from core.paging import Page, decode, encode
from core.timeline.telling import Told, tell, tellers


@dataclass(frozen=True)
class Entry:
    """One thing that happened, in words, with the event behind it."""

    event_id: UUID
    type: str
    #: When it happened; of history that was taken over only the day is known.
    at: datetime
    historical: bool
    by: str
    told: Told


def timeline(customer_id: UUID, *, limit: int = 30, after: str | None = None) -> Page[Entry]:
    """Return what happened with a customer, newest first; cards that are one tell one story."""
    known = tellers()
    rows = _places(same_customer(customer_id), known, limit + 1, after)
    events = _events([row.pos for row in rows[:limit]])
    entries = [
        entry
        for row in rows[:limit]
        if (entry := _entry(events[row.pos], row.moment, known)) is not None
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(entries, encode(last.moment, last.pos) if last else None)


def _places(
    ids: Collection[UUID], known: Collection[str], limit: int, after: str | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    found = _about(ids, known).subquery()
    query = select(found.c.pos, found.c.moment)
    if after:
        moment, pos = decode(after, "str", "int")
        before = tuple_(found.c.moment, found.c.pos)
        query = query.where(before < tuple_(_known_moment(moment), literal(pos)))
    newest = query.order_by(found.c.moment.desc(), found.c.pos.desc())
    return db.session.execute(newest.limit(limit)).all()


def _about(ids: Collection[UUID], known: Collection[str]) -> Select[Any]:
    """Places and moments of all events about these ids that somebody can tell."""
    moment = case(
        (bus_event.c.historical, func.coalesce(_day(), _at())),
        else_=_at(),
    )
    told = or_(bus_event.c.type.in_(known), bus_event.c.fact.in_(known))
    return (
        select(bus_event.c.pos, type_coerce(moment, _moment_type()).label("moment"))
        .outerjoin(DealEntry, DealEntry.event_id == bus_event.c.id)
        .where(bus_event.c.aggregate_id.in_(_aggregates(ids)), told)
    )


def _aggregates(ids: Collection[UUID]) -> CompoundSelect[Any]:
    own = [select(literal(each, Deal.id.type)) for each in sorted(ids)]
    return union_all(select(Deal.id).where(Deal.customer_id.in_(ids)), *own)


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def _at() -> Any:
    return type_coerce(bus_event.c.at, String) if _is_sqlite() else bus_event.c.at


def _day() -> Any:
    """The day of a fact as a moment; SQLite keeps both as text that sorts as time does."""
    if _is_sqlite():
        return type_coerce(DealEntry.happened_on, String) + " 00:00:00.000000"
    return cast(DealEntry.happened_on, DateTime(timezone=True))


def _moment_type() -> Any:
    return String() if _is_sqlite() else DateTime(timezone=True)


def _known_moment(text: str) -> Any:
    return literal(text) if _is_sqlite() else literal(datetime.fromisoformat(text), _moment_type())


def _events(places: Sequence[int]) -> dict[int, Envelope]:
    rows = db.session.execute(select(*ENVELOPE).where(bus_event.c.pos.in_(places)))
    return {row.pos: envelope(row) for row in rows}


def _entry(event: Envelope, moment: object, known: Mapping[str, str]) -> Entry | None:
    told = tell(event, known)
    if told is None:
        return None
    at = datetime.fromisoformat(str(moment)) if event.historical else event.at
    return Entry(event.id, event.type, at, event.historical, event.actor or "", told)
