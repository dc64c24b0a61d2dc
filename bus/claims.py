"""Which deliveries are next, and the note, committed beforehand, that they are being tried.

The note counts the attempt. A handler that kills its process has therefore spent one, and a
delivery that was tried before is tried alone: it cannot take its neighbours along.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    literal,
    select,
    text,
    update,
)

from bus import locks, subscribers
from bus.kept import Kept
from bus.rows import among_named
from bus.runtime import named_moment, now_for, runtime
from bus.streams import (
    DEPTH,
    OPEN,
    Claimed,
    fresh_run,
    holds_up,
    runnable,
    streams_of,
    whole_aggregate,
)
from bus.subscribers import IN_REACH, WORKS
from bus.tables import DEAD, bus_delivery, bus_subscriber

#: How many aggregates are worked on in one transaction, and how many deliveries in all.
HEADS, ROWS = 50, 200
#: For how long others leave noted rows alone: the moment between the note and the work.
LEASE = timedelta(seconds=5)

#: Says which deliveries of a subscriber may be tried at a moment: `due`.
Rule = Callable[[ColumnElement[Any]], Select[Any]]

_table = bus_delivery.c
_prior = bus_delivery.alias("prior")


class _Head(NamedTuple):
    """The first open delivery of an aggregate, which nothing stands before."""

    row: Claimed
    max_attempts: int
    is_followed: bool = False

    @property
    def is_spent(self) -> bool:
        """Whether it was tried as often as it may be."""
        return self.row.attempts >= self.max_attempts


class Claim(NamedTuple):
    """What one transaction is to work on; `alone` when others should stay away meanwhile.

    Without rows it says that there was something, but only to be buried: look again.
    """

    rows: list[Claimed]
    alone: bool
    #: Whether others, which failed before, wait behind these.
    passed_over: bool = False
    #: Whether more may be due of which nobody will be told: it must be looked for.
    leaves_some: bool = True


def is_due(name: str) -> bool:
    """Whether there is anything to claim; asked without keeping writers from the database."""
    with runtime().looking() as connection:
        dialect = connection.dialect.name
        parameters = {"name": name, **now_for(dialect)}
        return _first(due, dialect).first(connection, parameters) is not None


def claim(name: str, *, suspects_first: bool) -> Claim | None:
    """Note the next deliveries as tried: many fresh ones, or one that failed before."""
    with runtime().noting() as connection:
        is_my_turn = locks.begin_claim(connection, name)
        heads = _due_heads(connection, name)
        alone = len(heads) < HEADS
        if not heads or (alone and not is_my_turn):
            return None
        living = _bury_exhausted(connection, name, heads)
        rows = _choose(connection, name, living, suspects_first=suspects_first)
        _note(connection, name, rows)
        is_fresh = bool(rows) and rows[0].attempts == 0
        passed_over = is_fresh and any(head.row.attempts for head in living)
        # What is published from now on is poked for; but a poke may meet somebody else's turn.
        took_all = len(rows) == len(heads) < HEADS and not any(one.is_followed for one in heads)
        leaves_some = not took_all or locks.turns_meet(connection)
        return Claim(rows, alone, passed_over, leaves_some)


def claim_aggregate(name: str, aggregate_id: UUID, *, parked_too: bool = False) -> Claim | None:
    """Note one aggregate's deliveries as tried, waiting for whoever is working on them."""
    with runtime().noting() as connection:
        me = subscribers.find(connection, name)
        if me is None or not me.works:
            return None
        locks.begin_claim_of_one(connection)
        dialect = connection.dialect.name
        parameters = {"aggregate": aggregate_id, **now_for(dialect)}
        found = whole_aggregate(me, dialect).rows(connection, parameters)
        run = runnable(me, found, parked_too=parked_too)
        if not run or not _bury_exhausted(connection, name, [_Head(run[0], me.max_attempts)]):
            return None
        rows = fresh_run(run) or run[:1]
        _note(connection, name, rows)
        return Claim(rows, alone=False)


def due(now: ColumnElement[Any]) -> Select[Any]:
    """The deliveries of the subscriber `name` that nothing stands before and whose time has come.

    The oldest of an aggregate is asked for by a scalar subquery: it stays one look into an index,
    however many deliveries are open and however old the database's statistics are. The state of
    the subscriber is read in the same statement: a drain costs as many statements as it must.
    """
    oldest = (
        select(func.min(_prior.c.seq))
        .where(_prior.c.subscriber == bindparam("name"))
        .where(_prior.c.aggregate_id == _table.aggregate_id)
        .where(text("prior.status < 2"), holds_up(_prior))
        .scalar_subquery()
    )
    return (
        select(_table.event_pos, _table.aggregate_id, _table.seq, _table.attempts)
        .join(bus_subscriber, bus_subscriber.c.name == bindparam("name"))
        .where(_table.subscriber == bindparam("name"), OPEN)
        .where(_table.next_at <= now, _table.seq == oldest, WORKS, IN_REACH)
    )


def _due_heads(connection: Connection, name: str) -> list[_Head]:
    dialect = connection.dialect.name
    found = _heads(due, dialect).rows(connection, {"name": name, **now_for(dialect)})
    return [_Head(Claimed(*row[:4]), *row[4:]) for row in found]


@cache
def _first(rule: Rule, dialect: str) -> Kept:
    return Kept(rule(named_moment(dialect)).limit(1))


@cache
def _heads(rule: Rule, dialect: str) -> Kept:
    """The heads, how often each may be tried, and whether more of its aggregate is open."""
    behind = (
        select(literal(1))
        .where(_prior.c.subscriber == bindparam("name"))
        .where(_prior.c.aggregate_id == _table.aggregate_id)
        .where(_prior.c.seq > _table.seq, text("prior.status < 2"))
        .exists()
    )
    statement = rule(named_moment(dialect)).add_columns(bus_subscriber.c.max_attempts, behind)
    statement = statement.order_by(_table.event_pos).limit(HEADS)
    return Kept(statement.with_for_update(of=bus_delivery, skip_locked=True))


def _bury_exhausted(connection: Connection, name: str, heads: list[_Head]) -> list[_Head]:
    """Bury what was tried too often without ever failing: it killed its process each time."""
    for head in heads:
        if head.is_spent:
            often = f"The process ended {head.max_attempts} times while this was being handled."
            connection.execute(
                update(bus_delivery)
                .where(_table.subscriber == name, _table.event_pos == head.row.event_pos, OPEN)
                .values(status=DEAD, error_class="ProcessDied", error=often)
            )
    return [head for head in heads if not head.is_spent]


def _choose(
    connection: Connection, name: str, heads: list[_Head], *, suspects_first: bool
) -> list[Claimed]:
    fresh = [head for head in heads if head.row.attempts == 0]
    suspects = [head.row for head in heads if head.row.attempts > 0]
    if suspects and (suspects_first or not fresh):
        return suspects[:1]
    if not any(head.is_followed for head in fresh):
        return [head.row for head in fresh]
    return _with_followers(connection, name, [head.row for head in fresh])


def _with_followers(connection: Connection, name: str, heads: Sequence[Claimed]) -> list[Claimed]:
    """The heads and what comes straight after them, evenly over the aggregates."""
    me = subscribers.get(connection, name)
    dialect = connection.dialect.name
    aggregates = list({head.aggregate_id for head in heads})
    parameters = {"aggregates": aggregates, **now_for(dialect)}
    streams: dict[UUID, list[Any]] = defaultdict(list)
    for row in streams_of(me, dialect).rows(connection, parameters):
        streams[row.aggregate_id].append(row)
    chosen: list[Claimed] = []
    runs = [fresh_run(runnable(me, stream)) for stream in streams.values()]
    for depth in range(DEPTH):
        chosen += [run[depth] for run in runs if depth < len(run)][: ROWS - len(chosen)]
    return sorted(chosen)


def _note(connection: Connection, name: str, rows: Sequence[Claimed]) -> None:
    if not rows:
        return
    dialect = connection.dialect.name
    positions = [row.event_pos for row in rows]
    parameters = {"name": name, "positions": positions, **now_for(dialect, LEASE)}
    _noting(dialect).run(connection, parameters)


@cache
def _noting(dialect: str) -> Kept:
    these = among_named(dialect, _table.event_pos, "positions")
    return Kept(
        update(bus_delivery)
        .where(_table.subscriber == bindparam("name"), these, OPEN)
        .values(attempts=_table.attempts + 1, next_at=named_moment(dialect, LEASE))
    )
