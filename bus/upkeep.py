"""Keeps the bus honest and small: proves that everybody was told, and forgets old deliveries.

The log is for ever. A delivery that is done is of no use after a while, except as the proof that
it happened; so it may only go once that is proven in another way: by the subscriber's mark.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    delete,
    insert,
    literal,
    literal_column,
    select,
)

from bus import locks, subscribers
from bus.errors import Busy
from bus.jobs import every, job
from bus.runtime import moment, runtime
from bus.sending import forget_sent
from bus.subscribers import State, Subscriber
from bus.switch import concerning, untold
from bus.tables import DONE, bus_delivery, bus_event
from bus.wakening import pending

#: For how long a delivery that is done, and an effect that was sent, can be looked at.
KEPT = timedelta(days=30)
#: Rows removed in one transaction, so that nobody waits for long.
BATCH = 2000
#: Events looked through in one transaction.
STRETCH = 20_000

_log = logging.getLogger("bus")
_table = bus_delivery.c


@job("bus.upkeep", every(timedelta(hours=1)))
def keep_up() -> None:
    """Prove that nothing was missed, then forget what is old."""
    try:
        reconcile()
    except Busy:
        _log.warning("a long transaction holds the log; the proof waits for the next time")
    forget()


def reconcile() -> int:
    """Look for events that nobody was told of, and tell them; returns how many: always none.

    Works in transactions of its own, a stretch of the log at a time, and remembers how far the
    proof goes.

    Raises:
        Busy: when a publisher has been writing for long.
    """
    with runtime().unit_of_work() as session:
        connection = session.connection()
        # With every publisher out, what lies before this position is complete.
        locks.hold_log(connection)
        end = subscribers.last_position(connection)
        names = [me.name for me in subscribers.installed(connection)]
    return sum(_prove(name, end) for name in names)


def forget() -> int:
    """Remove deliveries and effects that are long done; returns how many."""
    with runtime().reading() as session:
        names = [me.name for me in subscribers.installed(session.connection())]
    gone = sum(_forget_deliveries(name) for name in names)
    while True:
        with runtime().unit_of_work():
            some = forget_sent(runtime().clock() - KEPT, BATCH)
        gone += some
        if some < BATCH:
            return gone


def _prove(name: str, end: int) -> int:
    found = 0
    while True:
        with runtime().unit_of_work() as session:
            connection = session.connection()
            locks.share_subscriber(connection, name)
            me = subscribers.get(connection, name)
            begin = max(me.proven, me.mark)
            if me.state != State.ENABLED or begin >= end:
                return found
            upto = min(begin + STRETCH, end)
            found += _tell_missed(connection, me, begin, upto)
            subscribers.change(connection, name, proven=upto)


def _tell_missed(connection: Connection, me: Subscriber, begin: int, upto: int) -> int:
    """Write the deliveries that are not there."""
    missed = select(
        literal(me.name),
        bus_event.c.pos,
        bus_event.c.aggregate_id,
        bus_event.c.seq,
        literal_column("0"),
        literal_column("0"),
        moment(connection),
    ).where(bus_event.c.pos > begin, bus_event.c.pos <= upto, concerning(me), untold(me))
    columns = ("subscriber", "event_pos", "aggregate_id", "seq", "status", "attempts", "next_at")
    statement = insert(bus_delivery).from_select(columns, missed)
    written = connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount
    if written:
        pending(runtime().session()).names.add(me.name)
        _log.error("%s was never told of %d events; it is now", me.name, written)
    return written


def _forget_deliveries(name: str) -> int:
    gone = 0
    while True:
        with runtime().unit_of_work() as session:
            connection = session.connection()
            oldest = _oldest_done(connection, subscribers.get(connection, name))
            # Places in the log and times of delivery agree nearly: behind a young one few are old.
            old = [row.event_pos for row in oldest if row.old]
            if old:
                these = _table.event_pos.between(old[0], old[-1]) & _is_old(connection)
                statement = delete(bus_delivery).where(_table.subscriber == name, these)
                gone += connection.execute(statement.where(_table.status == DONE)).rowcount
        if len(old) < BATCH:
            return gone


def _oldest_done(connection: Connection, me: Subscriber) -> Sequence[Row[Any]]:
    return connection.execute(
        select(_table.event_pos, _is_old(connection).label("old"))
        .where(_table.subscriber == me.name, _table.status == DONE)
        .where(_table.event_pos <= max(me.proven, me.mark))
        .order_by(_table.event_pos)
        .limit(BATCH)
    ).all()


def _is_old(connection: Connection) -> ColumnElement[bool]:
    return _table.done_at < moment(connection, -KEPT)
