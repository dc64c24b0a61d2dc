"""One transaction in which handlers run and their deliveries are marked as done.

Either both are committed or neither is: that is why an effect happens exactly once.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from time import perf_counter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    literal,
    select,
    text,
    update,
)

from bus import locks
from bus.envelopes import Envelope
from bus.failures import give_back, record_failure
from bus.kept import Kept
from bus.rows import among_named, envelope
from bus.runtime import named_moment, now_for, runtime
from bus.streams import OPEN, Claimed, holds_up
from bus.subscribers import WORKS
from bus.tables import DONE, ENVELOPE, bus_delivery, bus_event, bus_subscriber
from bus.waves import hand_over

_table = bus_delivery.c
_prior_table = bus_delivery.alias("prior")
_prior = _prior_table.c


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
        locks.share_subscriber(connection, name, alone=alone)
        heard = _in_turn(rows, _take(connection, name, rows))
        if heard:
            hand_over(name, heard)
            _mark_done(connection, name, [one.pos for one in heard])
    return heard


class _Taken(NamedTuple):
    """A delivery's event, locked; `is_behind` when something else must be settled before it."""

    event: Envelope
    is_behind: bool


def _take(connection: Connection, name: str, rows: Sequence[Claimed]) -> dict[int, _Taken]:
    """Lock what is still open, unless another worker holds it; nothing for who does not work."""
    parameters = {"name": name, "positions": [row.event_pos for row in rows]}
    found = _taking(connection.dialect.name).rows(connection, parameters)
    return {row.pos: _Taken(envelope(row), row.is_behind) for row in found}


def _in_turn(rows: Sequence[Claimed], taken: Mapping[int, _Taken]) -> list[Envelope]:
    """The events, of each aggregate up to the first that is another's or must wait."""
    heard, stopped = [], set[UUID]()
    for row in sorted(rows):
        mine = taken.get(row.event_pos)
        if mine is None or mine.is_behind:
            stopped.add(row.aggregate_id)
        elif row.aggregate_id not in stopped:
            heard.append(mine.event)
    return heard


def _mark_done(connection: Connection, name: str, positions: Sequence[int]) -> None:
    dialect = connection.dialect.name
    parameters = {"name": name, "positions": positions, **now_for(dialect)}
    _marking(dialect).run(connection, parameters)


@cache
def _taking(dialect: str) -> Kept:
    """What is still open of these, with its event, and whether other deliveries come before."""
    mine, these = _these(dialect)
    before = (
        select(literal(1))
        .where(_prior.subscriber == bindparam("name"), _prior.seq < _table.seq)
        .where(_prior.aggregate_id == _table.aggregate_id)
        .where(text("prior.status < 2"), holds_up(_prior_table))
        .where(~among_named(dialect, _prior.event_pos, "positions"))
        .exists()
    )
    return Kept(
        select(*ENVELOPE, before.label("is_behind"))
        .join(bus_delivery, _table.event_pos == bus_event.c.pos)
        .join(bus_subscriber, bus_subscriber.c.name == bindparam("name"))
        .where(mine, these, OPEN, WORKS)
        .with_for_update(of=bus_delivery, skip_locked=True)
    )


@cache
def _marking(dialect: str) -> Kept:
    done: dict[str, Any] = {"status": DONE, "done_at": named_moment(dialect)}
    done |= {"error_class": None, "error": None}
    return Kept(update(bus_delivery).where(*_these(dialect)).values(done))


def _these(dialect: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    mine = _table.subscriber == bindparam("name")
    return mine, among_named(dialect, _table.event_pos, "positions")
