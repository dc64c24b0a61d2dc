"""What a person may ask the bus: what happened, who heard of it, what waits and since when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    union_all,
)

from bus.envelopes import Envelope
from bus.rows import envelope
from bus.runtime import runtime
from bus.tables import ENVELOPE, STATUS_NAMES, bus_delivery, bus_event, bus_subscriber

_delivery, _event = bus_delivery.c, bus_event.c
_STATUS_OF = {name: number for number, name in STATUS_NAMES.items()}


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery, as the administrator sees it."""

    subscriber: str
    event_id: UUID
    pos: int
    type: str
    aggregate_id: UUID
    at: datetime
    state: str
    attempts: int
    next_at: datetime
    done_at: datetime | None
    error_class: str | None
    error: str | None
    #: How many later deliveries wait until this one is settled; counted for dead ones.
    behind: int


def events(
    *,
    aggregate_id: UUID | None = None,
    aggregate_ids: Collection[UUID] | None = None,
    correlation_id: UUID | None = None,
    kind: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Envelope]:
    """What happened, newest first; `before` is the position at which the last page ended."""
    first = first_position(since) if since is not None else 0
    last = first_position(until) if until is not None else 0
    conditions = (
        (aggregate_id, _event.aggregate_id == aggregate_id),
        (aggregate_ids, _event.aggregate_id.in_(aggregate_ids or ())),
        (correlation_id, _event.correlation_id == correlation_id),
        (actor, _event.actor == actor),
        (since, _event.pos >= first),
        (until, _event.pos < last),
        (before, _event.pos < (before or 0)),
    )
    wanted = [condition for asked, condition in conditions if asked is not None]
    if kind is not None:
        places = select(_event.pos).where(*wanted).order_by(_event.pos.desc()).limit(limit)
        wanted = [_event.pos.in_(_of_kinds(places, [kind]))]
    statement = select(*ENVELOPE).where(*wanted).order_by(_event.pos.desc()).limit(limit)
    return [envelope(row) for row in _execute(statement)]


def _of_kinds(places: Select[tuple[int]], kinds: Collection[str]) -> Select[tuple[int]]:
    """The places of events that are of these kinds, by their type or by the fact they state.

    `places` is asked once for each kind and way, each time along the index of that way, in its
    order and up to its limit. Either kind of "or" would be answered by a look at the whole log.
    """
    ways = [column == kind for kind in kinds for column in (_event.type, _event.fact)]
    some = [select(places.where(way).subquery().c.pos) for way in ways]
    return select(union_all(*some).subquery().c.pos)


def first_position(moment: datetime) -> int:
    """The place in the log of the first event at a moment or later.

    Places and moments rise together, so it is found by halving: some twenty looks by the key,
    however long the log is, and no index on the moments.
    """
    # Each asked apart: SQLite answers both together by a walk over the whole log.
    ends = (select(edge(_event.pos)).scalar_subquery() for edge in (func.min, func.max))
    bounds = _execute(select(*ends)).one()
    low, high = bounds[0] or 1, (bounds[1] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        at = select(_event.at).where(_event.pos >= middle).order_by(_event.pos).limit(1)
        if _execute(at).scalar_one() < moment:
            low = middle + 1
        else:
            high = middle
    return low


def event_by_id(event_id: UUID) -> Envelope | None:
    """One event."""
    row = _execute(select(*ENVELOPE).where(_event.id == event_id)).one_or_none()
    return envelope(row) if row is not None else None


def log(*kinds: str, after: int = 0, chunk: int = 500) -> Iterator[Envelope]:
    """The whole log from a position on, oldest first, in pieces that need little memory."""
    statement = select(*ENVELOPE).order_by(_event.pos).limit(chunk)
    places = select(_event.pos).order_by(_event.pos).limit(chunk)

    def following(after: int) -> Select[Any]:
        beyond = _event.pos > after
        if not kinds:
            return statement.where(beyond)
        return statement.where(_event.pos.in_(_of_kinds(places.where(beyond), kinds)))

    while rows := _execute(following(after)).all():
        for row in rows:
            after = row.pos
            yield envelope(row)


def deliveries(
    *,
    state: str | None = None,
    subscriber: str | None = None,
    event_id: UUID | None = None,
    aggregate_id: UUID | None = None,
    before: int | tuple[int, str] | None = None,
    limit: int = 50,
) -> list[DeliveryRow]:
    """Who heard of what, newest first.

    `before` is where the last page ended: a position, or a position with its subscriber.
    """
    statement = select(*_COLUMNS, _behind()).join(bus_event, _event.pos == _delivery.event_pos)
    wanted: list[Any] = (
        [text(f"bus_delivery.status = {_STATUS_OF[state]:d}")] if state is not None else []
    )
    wanted += [_beyond(before)] if before is not None else []
    if event_id is not None:
        statement = statement.where(_event.id == event_id)
    if aggregate_id is not None:
        statement = statement.where(_event.aggregate_id == aggregate_id)
    if subscriber is not None:
        wanted.append(_delivery.subscriber == subscriber)
    elif state in _FEW and event_id is None and aggregate_id is None:
        wanted = [_newest_of_each(wanted, limit)]
    statement = statement.where(*wanted).order_by(*_NEWEST_FIRST).limit(limit)
    return [_delivery_row(row) for row in _execute(statement)]


#: States in which there are few among many done ones, with an index for each subscriber.
_FEW = ("open", "dead")
_NEWEST_FIRST = (_delivery.event_pos.desc(), _delivery.subscriber)


def _newest_of_each(wanted: Sequence[Any], limit: int) -> ColumnElement[bool]:
    """The newest such deliveries of every subscriber, each along its own index.

    Asked for in one, they would be looked for among all that were ever done.
    """
    key = (_delivery.subscriber, _delivery.event_pos)
    some = [
        select(*key)
        .where(_delivery.subscriber == name, *wanted)
        .order_by(_delivery.event_pos.desc())
        .limit(limit)
        .subquery()
        for name in _execute(select(bus_subscriber.c.name)).scalars()
    ]
    if not some:
        return false()
    return tuple_(*key).in_(select(union_all(*map(select, some)).subquery()))


_COLUMNS = (
    _delivery.subscriber,
    _event.id,
    _event.pos,
    _event.type,
    _event.aggregate_id,
    _event.at,
    _delivery.status,
    _delivery.attempts,
    _delivery.next_at,
    _delivery.done_at,
    _delivery.error_class,
    _delivery.error,
)


def _delivery_row(row: Sequence[Any]) -> DeliveryRow:
    values = list(row)
    values[6] = STATUS_NAMES[values[6]]
    return DeliveryRow(*values)


def _beyond(before: int | tuple[int, str]) -> ColumnElement[bool]:
    if isinstance(before, int):
        return _delivery.event_pos < before
    position, subscriber = before
    return or_(
        _delivery.event_pos < position,
        and_(_delivery.event_pos == position, _delivery.subscriber > subscriber),
    )


def _behind() -> ColumnElement[int]:
    later = bus_delivery.alias("later")
    waiting = (
        select(func.count())
        .select_from(later)
        .where(
            later.c.subscriber == _delivery.subscriber,
            later.c.aggregate_id == _delivery.aggregate_id,
            later.c.seq > _delivery.seq,
            text("later.status < 2"),
        )
        .scalar_subquery()
    )
    return case((_delivery.status == 1, waiting), else_=literal(0))


def _execute(statement: Select[Any]) -> Any:
    return runtime().session().connection().execute(statement)
