"""What becomes of a delivery whose handler raised: later, parked, or a dead letter."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from bus import subscribers
from bus.errors import InvalidEvent, NewerVersion, Poison
from bus.retries import back_off, told
from bus.rows import among
from bus.runtime import moment, runtime
from bus.streams import Claimed
from bus.subscribers import Subscriber
from bus.tables import DEAD, OPEN, bus_delivery

#: How long an event waits for a process that knows its version.
PARKED = timedelta(seconds=60)

_log = logging.getLogger("bus")
_table = bus_delivery.c


def record_failure(name: str, row: Claimed, error: Exception) -> None:
    """Note why a delivery failed and when it is tried again, if ever."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        me = subscribers.get(connection, name)
        values = _verdict(connection, me, row, error)
        values.update(error_class=type(error).__name__, error=told(error))
        connection.execute(
            update(bus_delivery)
            .where(_table.subscriber == name, _table.event_pos == row.event_pos)
            .where(_table.status == OPEN)
            .values(**values)
        )
    runtime().observer.failed(name)
    _log.warning(
        "%s could not handle event %d (attempt %d): %r",
        name,
        row.event_pos,
        row.attempts + 1,
        error,
    )


def give_back(name: str, rows: Sequence[Claimed]) -> None:
    """Return deliveries that were noted as tried but never were."""
    if not rows:
        return
    with runtime().unit_of_work() as session:
        connection = session.connection()
        connection.execute(
            update(bus_delivery)
            .where(_table.subscriber == name, _table.status == OPEN, _table.attempts > 0)
            .where(among(connection, _table.event_pos, [row.event_pos for row in rows]))
            .values(attempts=_table.attempts - 1, next_at=moment(connection))
        )


def _verdict(
    connection: Connection, me: Subscriber, row: Claimed, error: Exception
) -> dict[str, Any]:
    attempts = row.attempts + 1
    if isinstance(error, NewerVersion):
        return {"attempts": _table.attempts - 1, "next_at": moment(connection, PARKED)}
    if isinstance(error, Poison | InvalidEvent) or attempts >= me.max_attempts:
        return {"status": DEAD}
    return {"next_at": moment(connection, back_off(attempts, row.event_pos))}
