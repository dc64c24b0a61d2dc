"""One transaction in which handlers run and their deliveries are marked as done.

Either both are committed or neither is: that is why an effect happens exactly once.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select, update

from bus import locks, subscribers
from bus.claims import Claimed, blocking
from bus.envelopes import Envelope
from bus.failures import give_back, record_failure
from bus.rows import among, envelope
from bus.runtime import moment, runtime
from bus.subscribers import Subscriber
from bus.tables import DONE, ENVELOPE, OPEN, bus_delivery, bus_event
from bus.waves import hand_over

_table = bus_delivery.c


def deliver(name: str, rows: Sequence[Claimed], *, alone: bool = False) -> None:
    """Try these deliveries together; if that fails, one by one, and note each failure."""
    try:
        _work(name, rows, alone=alone)
    except Exception as error:
        if len(rows) == 1:
            record_failure(name, rows[0], error)
            return
        _deliver_singly(name, rows)


def _deliver_singly(name: str, rows: Sequence[Claimed]) -> None:
    stopped = set[UUID]()
    for row in rows:
        if row.aggregate_id in stopped:
            continue
        try:
            _work(name, [row], alone=False)
        except Exception as error:
            stopped.add(row.aggregate_id)
            record_failure(name, row, error)
            give_back(name, [r for r in rows if r.aggregate_id == row.aggregate_id and r > row])


def _work(name: str, rows: Sequence[Claimed], *, alone: bool) -> None:
    begun = perf_counter()
    if handed := _hand_over(name, rows, alone=alone):
        now = runtime().clock()
        waits = [max(0.0, (now - one.at).total_seconds()) for one in handed]
        runtime().observer.delivered(name, waits, perf_counter() - begun)


def _hand_over(name: str, rows: Sequence[Claimed], *, alone: bool) -> list[Envelope]:
    """Run the handlers and mark what they have heard; returns it when all of it is committed."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        locks.share_subscriber(connection, name)
        me = subscribers.get(connection, name)
        if not me.works:
            return []
        if alone:
            locks.take_turn(connection, name)
        ready = _in_turn(connection, me, _lock(connection, name, rows))
        if not ready:
            return []
        heard = _envelopes(connection, ready)
        hand_over(name, heard)
        _mark_done(connection, name, ready)
    return heard


def _lock(connection: Connection, name: str, rows: Sequence[Claimed]) -> list[Claimed]:
    """Take the rows that are still open; what another worker holds is that worker's."""
    statement = (
        select(_table.event_pos)
        .where(_table.subscriber == name, _of(connection, rows), _table.status == OPEN)
        .with_for_update(skip_locked=True)
    )
    locked = set(connection.scalars(statement))
    return [row for row in rows if row.event_pos in locked]


def _in_turn(connection: Connection, me: Subscriber, rows: list[Claimed]) -> list[Claimed]:
    """The rows before which nothing is unsettled but these rows themselves."""
    if not rows:
        return []
    statement = (
        select(_table.aggregate_id, func.min(_table.seq))
        .where(_table.subscriber == me.name, blocking(me), ~_of(connection, rows))
        .where(among(connection, _table.aggregate_id, {row.aggregate_id for row in rows}))
        .group_by(_table.aggregate_id)
    )
    first = {row[0]: row[1] for row in connection.execute(statement)}
    return [row for row in rows if row.seq < first.get(row.aggregate_id, row.seq + 1)]


def _envelopes(connection: Connection, rows: Sequence[Claimed]) -> list[Envelope]:
    positions = [row.event_pos for row in rows]
    statement = select(*ENVELOPE).where(among(connection, bus_event.c.pos, positions))
    return [envelope(row) for row in connection.execute(statement.order_by(bus_event.c.pos))]


def _of(connection: Connection, rows: Sequence[Claimed]) -> ColumnElement[bool]:
    return among(connection, _table.event_pos, [row.event_pos for row in rows])


def _mark_done(connection: Connection, name: str, rows: Sequence[Claimed]) -> None:
    done: dict[str, Any] = {"status": DONE, "done_at": moment(connection)}
    connection.execute(
        update(bus_delivery)
        .where(_table.subscriber == name, _of(connection, rows))
        .values(error_class=None, error=None, **done)
    )
