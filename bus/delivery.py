"""One transaction in which handlers run and their deliveries are marked as done.

Either both are committed or neither is: that is why an effect happens exactly once.
"""

from collections.abc import Sequence
from functools import cache
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from bus import locks, subscribers
from bus.envelopes import Envelope
from bus.failures import give_back, record_failure
from bus.rows import among_named, envelope
from bus.runtime import named_moment, now_for, runtime
from bus.streams import Claimed, blocking
from bus.subscribers import Subscriber
from bus.tables import DONE, ENVELOPE, bus_delivery, bus_event
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
    parameters = {"name": name, "positions": [row.event_pos for row in rows]}
    locked = set(connection.scalars(_locking(connection.dialect.name), parameters))
    return [row for row in rows if row.event_pos in locked]


def _in_turn(connection: Connection, me: Subscriber, rows: list[Claimed]) -> list[Claimed]:
    """The rows before which nothing is unsettled but these rows themselves."""
    if not rows:
        return []
    parameters = {
        "name": me.name,
        "positions": [row.event_pos for row in rows],
        "aggregates": list({row.aggregate_id for row in rows}),
    }
    statement = _others_before(blocking(me), connection.dialect.name)
    first = {row[0]: row[1] for row in connection.execute(statement, parameters)}
    return [row for row in rows if row.seq < first.get(row.aggregate_id, row.seq + 1)]


def _envelopes(connection: Connection, rows: Sequence[Claimed]) -> list[Envelope]:
    positions = {"positions": [row.event_pos for row in rows]}
    found = connection.execute(_reading(connection.dialect.name), positions)
    return [envelope(row) for row in found]


def _mark_done(connection: Connection, name: str, rows: Sequence[Claimed]) -> None:
    dialect = connection.dialect.name
    positions = [row.event_pos for row in rows]
    parameters = {"name": name, "positions": positions, **now_for(dialect)}
    connection.execute(_marking(dialect), parameters)


@cache
def _locking(dialect: str) -> Select[int]:
    return (
        select(_table.event_pos)
        .where(*_these(dialect), _table.status == literal_column("0"))
        .with_for_update(skip_locked=True)
    )


@cache
def _others_before(unsettled: ColumnElement[bool], dialect: str) -> Select[UUID, int]:
    mine, these = _these(dialect)
    return (
        select(_table.aggregate_id, func.min(_table.seq))
        .where(mine, unsettled, ~these)
        .where(among_named(dialect, _table.aggregate_id, "aggregates"))
        .group_by(_table.aggregate_id)
    )


@cache
def _reading(dialect: str) -> Select[Any]:
    these = among_named(dialect, bus_event.c.pos, "positions")
    return select(*ENVELOPE).where(these).order_by(bus_event.c.pos)


@cache
def _marking(dialect: str) -> Update:
    done: dict[str, Any] = {"status": DONE, "done_at": named_moment(dialect)}
    return update(bus_delivery).where(*_these(dialect)).values(error_class=None, error=None, **done)


def _these(dialect: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    mine = _table.subscriber == bindparam("name")
    return mine, among_named(dialect, _table.event_pos, "positions")
