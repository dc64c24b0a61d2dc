"""How every subscriber stands: what waits, since when, and how fast it is worked off.

Asked every few seconds by open screens, so nothing here looks at more than the deliveries that
are open or dead: those that are done may be many millions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from bus.runtime import runtime
from bus.tables import bus_delivery, bus_event, bus_subscriber

#: The deliveries looked at to tell the rate, and for how long back.
RECENT, WINDOW = 300, timedelta(minutes=5)

_table, _me = bus_delivery.c, bus_subscriber.c
_dead = bus_delivery.alias("dead")
_later = bus_delivery.alias("later")


@dataclass(frozen=True)
class Load:
    """How one subscriber stands."""

    subscriber: str
    module: str
    state: str
    paused: bool
    open: int
    dead: int
    #: Open deliveries that wait until a dead one before them is settled.
    blocked: int
    #: Seconds since the oldest open delivery's event was published; 0 when nothing is open.
    lag: float
    #: Deliveries done in a minute, over the last minutes.
    rate: float
    #: While it catches up: how far it is, of how many places in the log.
    caught_up: int
    to_catch_up: int


def loads() -> list[Load]:
    """How every subscriber stands."""
    connection = runtime().session().connection()
    now = runtime().clock()
    return [_load(connection, row._asdict(), now) for row in connection.execute(_standing())]


def _load(connection: Connection, row: Mapping[str, Any], now: datetime) -> Load:
    behind = row["state"] == "catching_up"
    return Load(
        subscriber=row["name"],
        module=row["module"],
        state=row["state"],
        paused=row["paused"],
        open=row["open"],
        dead=row["dead"],
        blocked=_blocked(connection, row["name"]) if _holds_up(row) else 0,
        lag=_age(connection, row["oldest"], now),
        rate=_rate(connection, row["name"], row["oldest"], now),
        caught_up=row["mark"] - row["since"] if behind else 0,
        to_catch_up=row["upto"] - row["since"] if behind else 0,
    )


def _standing() -> Select[Any]:
    """Each subscriber with its counts, each read from the index of just those rows."""
    mine = _table.subscriber == _me.name
    counted = select(func.count()).select_from(bus_delivery).where(mine).correlate(bus_subscriber)
    return select(
        *bus_subscriber.columns,
        counted.where(text("bus_delivery.status = 0")).scalar_subquery().label("open"),
        counted.where(text("bus_delivery.status = 1")).scalar_subquery().label("dead"),
        select(func.min(_table.event_pos))
        .where(mine, text("bus_delivery.status = 0"))
        .correlate(bus_subscriber)
        .scalar_subquery()
        .label("oldest"),
    ).order_by(_me.name)


def _holds_up(row: Mapping[str, Any]) -> bool:
    return bool(row["dead"] and row["open"] and row["on_dead"] == "block")


def _blocked(connection: Connection, name: str) -> int:
    """Count what waits behind a dead letter, each once."""
    statement = (
        select(func.count(_later.c.event_pos.distinct()))
        .select_from(_dead)
        .join(
            _later,
            (_later.c.subscriber == _dead.c.subscriber)
            & (_later.c.aggregate_id == _dead.c.aggregate_id)
            & (_later.c.seq > _dead.c.seq),
        )
        .where(_dead.c.subscriber == name, text("dead.status = 1"))
        .where(text("later.status < 2"), text("later.status = 0"))
    )
    return connection.scalar(statement) or 0


def _age(connection: Connection, oldest: int | None, now: datetime) -> float:
    if oldest is None:
        return 0.0
    at = connection.scalar(select(bus_event.c.at).where(bus_event.c.pos == oldest))
    return max(0.0, (now - at).total_seconds()) if at else 0.0


def _rate(connection: Connection, name: str, oldest: int | None, now: datetime) -> float:
    """Deliveries a minute, told from those at the end of the log and those before the open ones.

    What was done last stands in one of these two places, or so nearly always.
    """
    done = dict[int, datetime]()
    for before in {None, oldest}:
        statement = select(_table.event_pos, _table.done_at).where(_table.subscriber == name)
        if before is not None:
            statement = statement.where(_table.event_pos < before)
        recent = statement.order_by(_table.event_pos.desc()).limit(RECENT)
        for position, at in connection.execute(recent):
            if at is not None and at > now - WINDOW:
                done[position] = at
    if not done:
        return 0.0
    # More may have been done than was looked at: then the time that these took counts.
    span = now - min(done.values()) if len(done) >= RECENT else WINDOW
    return len(done) / max(span.total_seconds() / 60, 1 / 60)
