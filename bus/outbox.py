"""Events are stored in the transaction that caused them, with a delivery for everyone concerned."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
)
from uuid_utils.compat import uuid7

from bus import wakening
from bus.codec import declared, encode
from bus.envelopes import StoredEvent, delivery_context
from bus.errors import NoTransaction
from bus.events import Event
from bus.kept import Kept
from bus.locks import share_log
from bus.rows import by_name, upsert
from bus.runtime import named_moment, now_for, runtime
from bus.tables import ENVELOPE, bus_aggregate, bus_delivery, bus_event, bus_subscriber

Hook = Callable[[list[StoredEvent]], None]
Forehook = Callable[[Sequence[Event]], None]

_forehooks: list[Forehook] = []
_hooks: list[Hook] = []


def publish(event: Event) -> StoredEvent:
    """Store what happened, in the caller's transaction; it is told to others after the commit."""
    return publish_many([event])[0]


def publish_many(events: Sequence[Event]) -> list[StoredEvent]:
    """Store many events at once, in their order."""
    if not events:
        return []
    session = runtime().session()
    connection = session.connection()
    for forehook in _forehooks:
        forehook(events)
    _refuse_autocommit(connection)
    share_log(connection)
    pending = wakening.pending(session)
    stored = list(_numbered(connection, events, pending.correlation_id))
    _INSERT_EVENT.run(connection, [_row(one) for one in stored])
    pending.names.update(_address(connection, stored))
    for hook in _hooks:
        hook(stored)
    return stored


def before_publish(hook: Forehook) -> Forehook:
    """Run a function before the bus takes any lock of its own; it may take the core's first.

    Everybody then locks in one order, whether or not the act locked its deal itself.
    """
    if hook not in _forehooks:
        _forehooks.append(hook)
    return hook


def on_publish(hook: Hook) -> Hook:
    """Run a function inside the publisher's transaction. Only the core's picture of deals may."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def _numbered(
    connection: Connection, events: Sequence[Event], correlation_id: UUID
) -> Iterator[StoredEvent]:
    """The events with their places: each in its aggregate, all of them in the log."""
    keys = [_aggregate(event)[1] for event in events]
    next_seq = _reserve_seqs(connection, Counter(key for key in keys if key is not None))
    positions = _reserve_positions(connection, len(events))
    cause = _cause(correlation_id)
    for event, key, pos in zip(events, keys, positions, strict=True):
        seq = 1
        if key is not None:
            seq = next_seq[key]
            next_seq[key] += 1
        yield _stored(event, pos, seq, cause)


def _cause(correlation_id: UUID) -> dict[str, Any]:
    """When, by whom and as part of what: in a handler, of what it handles."""
    context = delivery_context()
    actor = runtime().actor() or (context.actor_of_cause if context else None)
    if context is not None:
        correlation_id = context.envelopes[0].correlation_id
    return {"at": runtime().clock(), "actor": actor, "correlation_id": correlation_id}


def _stored(event: Event, pos: int, seq: int, cause: dict[str, Any]) -> StoredEvent:
    declaration, new_id = event.declaration, uuid7()
    fact = declaration.fact
    aggregate_type, aggregate_id = _aggregate(event)
    return StoredEvent(
        pos=pos,
        id=new_id,
        type=declaration.type,
        version=declaration.version,
        fact=fact.type if fact else None,
        fact_version=fact.version if fact else 1,
        aggregate_type=aggregate_type,
        aggregate_id=aggregate_id or new_id,
        seq=seq,
        historical=bool(getattr(event, "historical", False)),
        payload=encode(event),
        event=event,
        **cause,
    )


def _aggregate(event: Event) -> tuple[str, UUID | None]:
    field = declared(event).aggregate
    if field is None:
        return "event", None
    key: UUID = getattr(event, field)
    return field.removesuffix("_id"), key


def _reserve_seqs(connection: Connection, wanted: Mapping[UUID, int]) -> dict[UUID, int]:
    """Lock the aggregates, in one order for everybody, and take their next numbers."""
    if not wanted:
        return {}
    reserving = _reserving(connection.dialect.name)
    return {
        key: reserving.scalar(connection, {"key": key, "count": wanted[key]}) - wanted[key] + 1
        for key in sorted(wanted)
    }


@cache
def _reserving(dialect: str) -> Kept:
    statement = upsert(dialect, bus_aggregate)
    statement = statement.values(aggregate_id=bindparam("key"), last_seq=bindparam("count"))
    last = bus_aggregate.c.last_seq + statement.excluded.last_seq
    reserving = statement.on_conflict_do_update(
        index_elements=["aggregate_id"], set_={"last_seq": last}
    )
    return Kept(reserving.returning(bus_aggregate.c.last_seq))


def _reserve_positions(connection: Connection, count: int) -> list[int]:
    """Take places in the log, after the aggregates are locked, so that both orders agree."""
    if connection.dialect.name == "postgresql":
        return [pos for (pos,) in _NEXT_POSITIONS.rows(connection, {"count": count})]
    last = _LAST_POSITION.scalar(connection, {}) or 0
    return list(range(last + 1, last + count + 1))


_INSERT_EVENT = Kept(insert(bus_event).values(by_name(*(one.name for one in ENVELOPE))))
_LAST_POSITION = Kept(select(func.max(bus_event.c.pos)))
_NEXT_POSITIONS = Kept(text("SELECT nextval('bus_event_pos_seq') FROM generate_series(1, :count)"))


def _row(stored: StoredEvent) -> dict[str, Any]:
    return {column.name: getattr(stored, column.name) for column in ENVELOPE}


def _address(connection: Connection, stored: Sequence[StoredEvent]) -> set[str]:
    """Write a delivery for each subscriber that listens and is not switched off."""
    listening = _LISTENING.rows(connection, {})
    dialect = connection.dialect.name
    now = now_for(dialect)
    rows: list[dict[str, Any]] = [
        {
            "subscriber": name,
            "event_pos": one.pos,
            "aggregate_id": one.aggregate_id,
            "seq": one.seq,
            **now,
        }
        for one in stored
        for name, kinds in listening
        if concerns(kinds, one.kinds, historical=one.historical)
    ]
    if rows:
        _addressing(dialect).run(connection, rows)
    return {str(row["subscriber"]) for row in rows}


@cache
def _addressing(dialect: str) -> Kept:
    zero: ColumnElement[int] = literal_column("0")
    values = {"status": zero, "attempts": zero, "next_at": named_moment(dialect)}
    values |= by_name("subscriber", "event_pos", "aggregate_id", "seq")
    return Kept(insert(bus_delivery).values(values))


_LISTENING = Kept(
    select(bus_subscriber.c.name, bus_subscriber.c.kinds).where(
        bus_subscriber.c.state != "disabled"
    )
)


def concerns(listens_to: str, kinds: tuple[str, ...], *, historical: bool) -> bool:
    """Whether a subscriber that listens to these kinds hears of an event of those kinds."""
    wanted = parsed_kinds(listens_to)
    if historical:
        return any(wanted.get(kind, False) for kind in kinds)
    return any(kind in wanted for kind in kinds)


@lru_cache(maxsize=256)
def parsed_kinds(listens_to: str) -> Mapping[str, bool]:
    """The stored list of kinds; True where settled history is wanted too."""
    kinds: dict[str, bool] = json.loads(listens_to)
    return kinds


def _refuse_autocommit(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    is_postgresql = connection.dialect.name == "postgresql"
    if driver.autocommit if is_postgresql else not driver.in_transaction:
        raise NoTransaction("publish in the transaction of what has happened")
