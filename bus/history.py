"""History is told to a subscriber by cursor, many events in one transaction.

The cursor runs over a part of the log that was closed under a lock, so it misses nothing, and it
moves in the transaction of the handlers, so it repeats nothing. What fails, or stands behind
something that failed, becomes a delivery and waits its turn there.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, text

from bus import locks, subscribers
from bus.draining import TURN, drain_all
from bus.envelopes import Envelope
from bus.rows import among, envelope
from bus.runtime import AnySession, moment, runtime
from bus.subscribers import State, Subscriber
from bus.subscriptions import subscriptions
from bus.switch import concerning
from bus.tables import ENVELOPE, OPEN, bus_delivery, bus_event, bus_subscriber
from bus.turns import Turns
from bus.wakening import pending
from bus.waves import hand_over

#: Events in one transaction.
CHUNK = 500
#: Seconds left to the publishers between two of them.
BREATH = 0.005
#: How often a process may die over the same events before each of them is tried alone.
TRIES = 3

_turns = Turns()


def replay(subscriber: str, *, in_turns: bool = False) -> int:
    """Tell a subscriber that is catching up what it has missed; returns how many events.

    In turns, the rest is left to a new poke after a while, so that a worker can stop.
    """
    if subscriber not in subscriptions.subscribers() or not _turns.enter(subscriber):
        return 0
    told, end = 0, time.monotonic() + TURN
    try:
        while _note_try(subscriber) and (count := _tell_some(subscriber)) is not None:
            told += count
            time.sleep(BREATH)
            if in_turns and time.monotonic() > end:
                runtime().poker.replay({subscriber})
                break
    finally:
        _turns.leave(subscriber)
    return told


def catch_up(module: str) -> None:
    """Bring a module that was switched on up to date, in line; for commands without a server."""
    mine = {name for name, owner in subscriptions.subscribers().items() if owner == module}
    while behind := _behind(mine):
        for name in behind:
            if not replay(name):
                time.sleep(10 * BREATH)  # another process is at it
    drain_all(mine)


@dataclass
class _Chunk:
    """The next part of the history: what is told now, and what must be queued behind others."""

    now: list[Envelope] = field(default_factory=list)
    later: list[Envelope] = field(default_factory=list)


def _behind(names: set[str]) -> list[str]:
    with runtime().reading() as session:
        found = subscribers.installed(session.connection())
    return [
        me.name
        for me in found
        if me.name in names and me.state == State.CATCHING_UP and not me.paused
    ]


def _note_try(name: str) -> bool:
    """Count the attempt before the handlers run, as for a delivery."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        me = _mine(connection, name)
        if me is None:
            return False
        subscribers.change(connection, name, replay_tries=me.replay_tries + 1)
        return True


def _tell_some(name: str) -> int | None:
    """Tell one chunk and move the cursor behind it; None when there is nothing left to tell."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        locks.share_subscriber(connection, name)
        me = _mine(connection, name)
        if me is None:
            return None
        events = _next_events(connection, me)
        chunk = _split(connection, me, events)
        if me.replay_tries > TRIES:
            chunk = _Chunk(later=[*chunk.now, *chunk.later])
        _tell(session, me, chunk)
        _queue(connection, me, chunk.later)
        finished = len(events) < CHUNK
        _advance(connection, me, me.upto if finished else events[-1].pos, finished=finished)
        pending(runtime().session()).names.add(name)
        return None if finished and not events else len(events)


def _mine(connection: Connection, name: str) -> Subscriber | None:
    """The subscriber, if it is catching up and no other process is telling it just now."""
    statement = select(*bus_subscriber.columns).where(bus_subscriber.c.name == name)
    row = connection.execute(statement.with_for_update(skip_locked=True)).one_or_none()
    me = Subscriber(*row) if row is not None else None
    return me if me and me.state == State.CATCHING_UP and not me.paused else None


def _next_events(connection: Connection, me: Subscriber) -> list[Envelope]:
    statement = (
        select(*ENVELOPE)
        .where(bus_event.c.pos > me.mark, bus_event.c.pos <= me.upto, concerning(me))
        .order_by(bus_event.c.pos)
        .limit(CHUNK)
    )
    return [envelope(row) for row in connection.execute(statement)]


def _split(connection: Connection, me: Subscriber, events: Sequence[Envelope]) -> _Chunk:
    chunk = _Chunk()
    if not events:
        return chunk
    told = _already_told(connection, me, events)
    stuck = _oldest_open(connection, me, events)
    for one in events:
        if one.pos in told:
            continue
        behind = one.aggregate_id in stuck and stuck[one.aggregate_id] < one.seq
        (chunk.later if behind else chunk.now).append(one)
    return chunk


def _already_told(connection: Connection, me: Subscriber, events: Sequence[Envelope]) -> set[int]:
    """What was written while an earlier catching up was still under way."""
    statement = select(bus_delivery.c.event_pos).where(
        bus_delivery.c.subscriber == me.name,
        bus_delivery.c.event_pos.between(events[0].pos, events[-1].pos),
    )
    return set(connection.scalars(statement))


def _oldest_open(
    connection: Connection, me: Subscriber, events: Sequence[Envelope]
) -> dict[UUID, int]:
    blocking = text("status < 2") if me.on_dead == "block" else text("status = 0")
    aggregate_id = bus_delivery.c.aggregate_id
    statement = (
        select(aggregate_id, func.min(bus_delivery.c.seq))
        .where(bus_delivery.c.subscriber == me.name, blocking)
        .where(among(connection, aggregate_id, {one.aggregate_id for one in events}))
        .group_by(aggregate_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def _tell(session: AnySession, me: Subscriber, chunk: _Chunk) -> None:
    """All at once; if that fails, one by one, and what fails then is queued."""
    if not chunk.now:
        return
    try:
        with session.begin_nested():
            hand_over(me.name, chunk.now, replaying=True)
    except Exception:
        _tell_singly(session, me, chunk)


def _tell_singly(session: AnySession, me: Subscriber, chunk: _Chunk) -> None:
    stopped = set[UUID]()
    for one in chunk.now:
        if one.aggregate_id not in stopped:
            try:
                with session.begin_nested():
                    hand_over(me.name, [one], replaying=True)
                continue
            except Exception:
                stopped.add(one.aggregate_id)
        chunk.later.append(one)


def _queue(connection: Connection, me: Subscriber, events: Sequence[Envelope]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "subscriber": me.name,
            "event_pos": one.pos,
            "aggregate_id": one.aggregate_id,
            "seq": one.seq,
            "status": OPEN,
            "attempts": 0,
        }
        for one in events
    ]
    if rows:
        due = moment(connection, timedelta())
        connection.execute(insert(bus_delivery).values(next_at=due), rows)


def _advance(connection: Connection, me: Subscriber, mark: int, *, finished: bool) -> None:
    state = State.ENABLED if finished else State.CATCHING_UP
    subscribers.change(connection, me.name, mark=mark, state=state, replay_tries=0)
