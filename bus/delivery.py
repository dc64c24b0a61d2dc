"""One transaction in which handlers run and their deliveries are marked as done.

Either both are committed or neither is: that is why an effect happens exactly once.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from bus import locks, subscribers
from bus.claims import Claimed, still_in_turn
from bus.envelopes import Envelope
from bus.failures import give_back, record_failure
from bus.rows import among, envelope
from bus.runtime import moment, runtime
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
    with runtime().unit_of_work() as session:
        connection = session.connection()
        locks.share_subscriber(connection, name)
        me = subscribers.get(connection, name)
        if not me.works:
            return
        if alone:
            locks.take_turn(connection, name)
        positions = _lock(connection, name, [row.event_pos for row in rows])
        envelopes = _in_turn(connection, me, positions)
        if envelopes:
            hand_over(name, envelopes)
            _mark_done(connection, name, envelopes)


def _lock(connection: Connection, name: str, positions: list[int]) -> list[int]:
    """Take the rows that are still open; what another worker holds is that worker's."""
    if connection.dialect.name != "postgresql":
        return positions
    statement = (
        select(_table.event_pos)
        .where(_table.subscriber == name, among(connection, _table.event_pos, positions))
        .where(_table.status == 0)
        .order_by(_table.event_pos)
        .with_for_update(skip_locked=True)
    )
    return list(connection.scalars(statement))


def _in_turn(connection: Connection, me: Subscriber, positions: list[int]) -> list[Envelope]:
    if not positions:
        return []
    statement = (
        select(*ENVELOPE)
        .join_from(bus_delivery, bus_event, _table.event_pos == bus_event.c.pos)
        .where(still_in_turn(connection, me, positions))
        .order_by(bus_event.c.pos)
    )
    return [envelope(row) for row in connection.execute(statement)]


def _mark_done(connection: Connection, name: str, envelopes: Sequence[Envelope]) -> None:
    done: dict[str, Any] = {"status": DONE, "done_at": moment(connection)}
    connection.execute(
        update(bus_delivery)
        .where(
            _table.subscriber == name,
            among(connection, _table.event_pos, [one.pos for one in envelopes]),
        )
        .values(error_class=None, error=None, **done)
    )
