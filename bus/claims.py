"""Which deliveries are next, and the note, committed beforehand, that they are being tried.

The note counts the attempt. A handler that kills its process has therefore spent one, and a
delivery that was tried before is tried alone: it cannot take its neighbours along.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    func,
    literal_column,
    select,
    text,
    update,
)

from bus import locks, subscribers
from bus.rows import among
from bus.runtime import moment, runtime
from bus.subscribers import Subscriber
from bus.tables import bus_delivery

#: How many aggregates are worked on in one transaction, and how many deliveries of each.
HEADS, DEPTH, ROWS = 50, 20, 200
#: For how long others leave noted rows alone: the moment between the note and the work.
LEASE = timedelta(seconds=5)

_table = bus_delivery.c
_prior = bus_delivery.alias("prior")
#: Literals, repeated in every condition: only then are the partial indexes used.
_OPEN: ColumnElement[bool] = literal_column("bus_delivery.status = 0", Boolean)
_UNSETTLED: ColumnElement[bool] = literal_column("bus_delivery.status < 2", Boolean)


class Claimed(NamedTuple):
    """A delivery that is about to be tried."""

    event_pos: int
    aggregate_id: UUID
    seq: int
    attempts: int


class Claim(NamedTuple):
    """What one transaction is to work on; `alone` when others should stay away meanwhile.

    Without rows it says that there was something, but only to be buried: look again.
    """

    rows: list[Claimed]
    alone: bool


def is_due(name: str) -> bool:
    """Whether there is anything to claim; asked without keeping writers from the database."""
    with runtime().reading() as session:
        connection = session.connection()
        me = subscribers.find(connection, name)
        if me is None or not me.works:
            return False
        return connection.execute(due(me, moment(connection)).limit(1)).first() is not None


def claim(name: str, *, suspects_first: bool) -> Claim | None:
    """Note the next deliveries as tried: many fresh ones, or one that failed before."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        _commit_lazily(connection)
        me = subscribers.find(connection, name)
        if me is None or not me.works:
            return None
        heads = _due_heads(connection, me)
        alone = len(heads) < HEADS
        if not heads or (alone and not locks.take_turn(connection, name)):
            return None
        heads = _bury_exhausted(connection, me, heads)
        rows = _choose(connection, me, heads, suspects_first=suspects_first)
        _note(connection, name, rows)
        return Claim(rows, alone)


def claim_aggregate(name: str, aggregate_id: UUID) -> Claim | None:
    """Note one aggregate's deliveries as tried, waiting for whoever is working on them."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        _commit_lazily(connection)
        me = subscribers.find(connection, name)
        if me is None or not me.works:
            return None
        locks.limit_waiting(connection)
        found = connection.execute(_whole_aggregate(connection, me, aggregate_id)).all()
        run = _runnable(me, found)
        if not run or not _bury_exhausted(connection, me, run[:1]):
            return None
        rows = _fresh_run(run) or run[:1]
        _note(connection, name, rows)
        return Claim(rows, alone=False)


def due(me: Subscriber, now: ColumnElement[Any]) -> Select[Any]:
    """The deliveries of a subscriber that nothing stands before and whose time has come.

    The oldest of an aggregate is asked for by a scalar subquery: it stays one look into an index,
    however many deliveries are open and however old the database's statistics are.
    """
    oldest = (
        select(func.min(_prior.c.seq))
        .where(_prior.c.subscriber == me.name, _prior.c.aggregate_id == _table.aggregate_id)
        .where(text("prior.status < 2" if me.on_dead == "block" else "prior.status = 0"))
        .scalar_subquery()
    )
    statement = select(_table.event_pos, _table.aggregate_id, _table.seq, _table.attempts).where(
        _table.subscriber == me.name, _OPEN, _table.next_at <= now, _table.seq == oldest
    )
    return statement if me.limit is None else statement.where(_table.event_pos <= me.limit)


def blocking(me: Subscriber) -> ColumnElement[bool]:
    """That a delivery must be settled before the next one of its aggregate."""
    return _UNSETTLED if me.on_dead == "block" else _OPEN


def _due_heads(connection: Connection, me: Subscriber) -> list[Claimed]:
    statement = due(me, moment(connection)).order_by(_table.event_pos).limit(HEADS)
    statement = statement.with_for_update(of=bus_delivery, skip_locked=True)
    return [Claimed(*row) for row in connection.execute(statement)]


def _bury_exhausted(connection: Connection, me: Subscriber, rows: list[Claimed]) -> list[Claimed]:
    """Bury what was tried too often without ever failing: it killed its process each time."""
    spent = [row for row in rows if row.attempts >= me.max_attempts]
    if spent:
        connection.execute(
            update(bus_delivery)
            .where(_table.subscriber == me.name, _of(connection, spent), _OPEN)
            .values(
                status=1,
                error_class="ProcessDied",
                error=f"The process ended {me.max_attempts} times while this was being handled.",
            )
        )
    return [row for row in rows if row.attempts < me.max_attempts]


def _choose(
    connection: Connection, me: Subscriber, heads: list[Claimed], *, suspects_first: bool
) -> list[Claimed]:
    fresh = [head for head in heads if head.attempts == 0]
    suspects = [head for head in heads if head.attempts > 0]
    if suspects and (suspects_first or not fresh):
        return suspects[:1]
    return _with_followers(connection, me, fresh) if fresh else []


def _with_followers(
    connection: Connection, me: Subscriber, heads: Sequence[Claimed]
) -> list[Claimed]:
    """The heads and what comes straight after them, evenly over the aggregates."""
    place = func.row_number().over(partition_by=_table.aggregate_id, order_by=_table.seq)
    aggregates = {head.aggregate_id for head in heads}
    found = (
        _following(connection, me)
        .add_columns(place.label("place"))
        .where(among(connection, _table.aggregate_id, aggregates))
        .subquery()
    )
    statement = select(found).where(found.c.place <= DEPTH).order_by(found.c.seq)
    streams: dict[UUID, list[Any]] = defaultdict(list)
    for row in connection.execute(statement):
        streams[row.aggregate_id].append(row)
    chosen: list[Claimed] = []
    runs = [_fresh_run(_runnable(me, stream)) for stream in streams.values()]
    for depth in range(DEPTH):
        chosen += [run[depth] for run in runs if depth < len(run)][: ROWS - len(chosen)]
    return sorted(chosen)


def _following(connection: Connection, me: Subscriber) -> Select[Any]:
    statement = select(
        _table.event_pos,
        _table.aggregate_id,
        _table.seq,
        _table.attempts,
        _table.status,
        (_table.next_at <= moment(connection)).label("due"),
        _table.error_class,
    ).where(_table.subscriber == me.name, _UNSETTLED)
    return statement if me.limit is None else statement.where(_table.event_pos <= me.limit)


def _whole_aggregate(connection: Connection, me: Subscriber, aggregate_id: UUID) -> Select[Any]:
    statement = _following(connection, me).where(_table.aggregate_id == aggregate_id)
    return statement.order_by(_table.seq).limit(DEPTH).with_for_update(of=bus_delivery)


def _runnable(me: Subscriber, stream: Iterable[Any]) -> list[Claimed]:
    """The beginning of a stream, up to the first row that must not run yet."""
    run: list[Claimed] = []
    for row in stream:
        if row.status == 1 and me.on_dead == "continue":
            continue
        # A row noted by somebody who has not failed is only leased; the row lock decides.
        if row.status == 1 or not (row.due or row.error_class is None):
            break
        run.append(Claimed(row.event_pos, row.aggregate_id, row.seq, row.attempts))
    return run


def _fresh_run(run: list[Claimed]) -> list[Claimed]:
    fresh: list[Claimed] = []
    for row in run:
        if row.attempts:
            break
        fresh.append(row)
    return fresh


def _note(connection: Connection, name: str, rows: Sequence[Claimed]) -> None:
    if not rows:
        return
    connection.execute(
        update(bus_delivery)
        .where(_table.subscriber == name, _of(connection, rows), _OPEN)
        .values(attempts=_table.attempts + 1, next_at=moment(connection, LEASE))
    )


def _of(connection: Connection, rows: Sequence[Claimed]) -> ColumnElement[bool]:
    return among(connection, _table.event_pos, [row.event_pos for row in rows])


def _commit_lazily(connection: Connection) -> None:
    """Losing the note in a crash is harmless, so PostgreSQL need not wait for the disk."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL synchronous_commit = off"))
