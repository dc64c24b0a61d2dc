"""What a person does about a delivery that failed for good, kept with who, when and why.

Each function works in the caller's transaction; who may do this is the caller's to check.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from bus.acts import note_act
from bus.errors import WrongState
from bus.runtime import moment, runtime
from bus.tables import DEAD, OPEN, SKIPPED, bus_delivery, bus_event
from bus.wakening import pending

_table = bus_delivery.c


def retry(subscriber: str, event_id: UUID, *, by: str) -> None:
    """Try one dead letter anew, with all its attempts."""
    position = _dead(subscriber, event_id)
    _reopen(subscriber, _table.event_pos == position)
    note_act("retry", subscriber, by=by, position=position)


def retry_all(subscriber: str, error_class: str, *, by: str) -> int:
    """Try anew all dead letters of one error, such as when its cause is mended."""
    count = _reopen(subscriber, _table.error_class == error_class)
    note_act("retry_all", subscriber, by=by, why=error_class)
    return count


def skip(subscriber: str, event_id: UUID, *, by: str, reason: str) -> None:
    """Give one dead letter up for good, so that what waits behind it can go on."""
    if not reason.strip():
        raise WrongState("say why the event is skipped")
    position = _dead(subscriber, event_id)
    session = runtime().session()
    session.connection().execute(
        update(bus_delivery)
        .where(_table.subscriber == subscriber, _table.event_pos == position)
        .values(status=SKIPPED)
    )
    pending(session).names.add(subscriber)
    note_act("skip", subscriber, by=by, position=position, why=reason.strip())


def _dead(subscriber: str, event_id: UUID) -> int:
    """The dead letter's position, locked, so that two people cannot both act on it."""
    statement = (
        select(_table.event_pos)
        .join(bus_event, bus_event.c.pos == _table.event_pos)
        .where(_table.subscriber == subscriber, bus_event.c.id == event_id)
        .where(_table.status == DEAD)
        .with_for_update(of=bus_delivery)
    )
    position = runtime().session().connection().scalar(statement)
    if position is None:
        raise WrongState(f"event {event_id} is no dead letter of {subscriber}")
    return int(position)


def _reopen(subscriber: str, which: ColumnElement[bool]) -> int:
    session = runtime().session()
    connection = session.connection()
    changed = connection.execute(
        update(bus_delivery)
        .where(_table.subscriber == subscriber, _table.status == DEAD, which)
        .values(status=OPEN, attempts=0, next_at=moment(connection), error=None, error_class=None)
    )
    pending(session).names.add(subscriber)
    return changed.rowcount
