"""What stands behind the head of an aggregate, and how far it may run."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from bus.errors import NewerVersion
from bus.kept import Kept
from bus.rows import among_named
from bus.runtime import named_moment
from bus.subscribers import Subscriber
from bus.tables import bus_delivery, bus_subscriber

#: How many deliveries of one aggregate are worked on in one transaction.
DEPTH = 20

_table = bus_delivery.c
#: Literals, repeated in every condition: only then are the partial indexes used. Without a type:
#: of a Boolean, SQLite is asked whether it "= 1", and that it cannot find in an index.
OPEN: ColumnElement[bool] = literal_column("bus_delivery.status = 0")
UNSETTLED: ColumnElement[bool] = literal_column("bus_delivery.status < 2")


class Claimed(NamedTuple):
    """A delivery that is about to be tried."""

    event_pos: int
    aggregate_id: UUID
    seq: int
    attempts: int


def holds_up(prior: FromClause) -> ColumnElement[bool]:
    """That an unsettled delivery must be settled before the next one of its aggregate.

    For a statement that also reads the row of the subscriber: a dead letter blocks or lets pass.
    """
    return or_(prior.c.status == literal_column("0"), bus_subscriber.c.on_dead == "block")


@lru_cache(maxsize=100)
def streams_of(me: Subscriber, dialect: str) -> Kept:
    """The unsettled deliveries of these aggregates, each with its place in its own."""
    place = func.row_number().over(partition_by=_table.aggregate_id, order_by=_table.seq)
    found = (
        _following(me, dialect)
        .add_columns(place.label("place"))
        .where(among_named(dialect, _table.aggregate_id, "aggregates"))
        .subquery()
    )
    return Kept(select(found).where(found.c.place <= DEPTH).order_by(found.c.seq))


@lru_cache(maxsize=100)
def whole_aggregate(me: Subscriber, dialect: str) -> Kept:
    """The unsettled deliveries of one aggregate, locked."""
    statement = _following(me, dialect).where(_table.aggregate_id == bindparam("aggregate"))
    statement = statement.order_by(_table.seq).limit(DEPTH)
    return Kept(statement.with_for_update(of=bus_delivery))


def _following(me: Subscriber, dialect: str) -> Select[Any]:
    statement = select(
        _table.event_pos,
        _table.aggregate_id,
        _table.seq,
        _table.attempts,
        _table.status,
        (_table.next_at <= named_moment(dialect)).label("due"),
        _table.error_class,
    ).where(_table.subscriber == me.name, UNSETTLED)
    return statement if me.limit is None else statement.where(_table.event_pos <= me.limit)


def runnable(me: Subscriber, stream: Iterable[Any], *, parked_too: bool = False) -> list[Claimed]:
    """The beginning of a stream, up to the first row that must not run yet.

    Parameters:
      parked_too: Do not wait for what a process of older code has left to one of newer code.
    """
    ready = (None, NewerVersion.__name__) if parked_too else (None,)
    run: list[Claimed] = []
    for row in stream:
        if row.status == 1 and me.on_dead == "continue":
            continue
        # A row noted by somebody who has not failed is only leased; the row lock decides.
        if row.status == 1 or not (row.due or row.error_class in ready):
            break
        run.append(Claimed(row.event_pos, row.aggregate_id, row.seq, row.attempts))
    return run


def fresh_run(run: list[Claimed]) -> list[Claimed]:
    """The beginning of a run, up to the first row that was tried before."""
    fresh: list[Claimed] = []
    for row in run:
        if row.attempts:
            break
        fresh.append(row)
    return fresh
