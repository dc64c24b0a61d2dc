"""The subscribers that are installed, and what state each of them is in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, not_, or_, select, update

from bus import locks
from bus.errors import UnknownSubscriber
from bus.jobs import install_jobs
from bus.kept import Kept
from bus.outbox import parsed_kinds
from bus.runtime import runtime
from bus.subscriptions import subscriptions
from bus.tables import bus_delivery, bus_event, bus_subscriber
from bus.wakening import pending


class State(StrEnum):
    """Whether a subscriber is told what happens."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    CATCHING_UP = "catching_up"


@dataclass(frozen=True)
class Subscriber:
    """One row: the log is told up to `mark`, on its way from `since` to `upto`."""

    name: str
    module: str
    kinds: str
    state: str
    paused: bool
    since: int
    mark: int
    upto: int
    #: Up to here every event is proven to have been told.
    proven: int
    replay_tries: int
    on_dead: str
    max_attempts: int
    replayable: bool

    @property
    def works(self) -> bool:
        """Whether deliveries are made to it now."""
        return self.state != State.DISABLED and not self.paused

    @property
    def limit(self) -> int | None:
        """The last position that may be delivered while history is not in; None for no limit."""
        return self.mark if self.state == State.CATCHING_UP else None

    @property
    def wants(self) -> Mapping[str, bool]:
        """The kinds that it listens to; True where settled history is wanted too."""
        return parsed_kinds(self.kinds)


def find(connection: Connection, name: str) -> Subscriber | None:
    """The subscriber as it is now; None when it was never installed."""
    row = _ONE.first(connection, {"wanted": name})
    return Subscriber(*row) if row is not None else None


def get(connection: Connection, name: str) -> Subscriber:
    """The subscriber as it is now."""
    found = find(connection, name)
    if found is None:
        raise UnknownSubscriber(f"there is no subscriber {name}")
    return found


def installed(connection: Connection) -> list[Subscriber]:
    """Every subscriber, by name."""
    return [Subscriber(*row) for row in _EACH.rows(connection, {})]


def of_module(connection: Connection, module: str) -> list[Subscriber]:
    """The subscribers of a module; a module that listens to nothing has none."""
    return [one for one in installed(connection) if one.module == module]


def install() -> list[str]:
    """Make the database know every declared subscriber; returns those that are new.

    In the caller's transaction, at every start, after the migrations. A subscriber that comes
    to a log with history catches up with all of it first, unless it must never see history.
    """
    session = runtime().session()
    connection = session.connection()
    install_jobs(connection)
    modules = subscriptions.subscribers()
    known = {one.name: one for one in installed(connection)}
    if all(name in known and _is_declared(known[name]) for name in modules):
        return []
    locks.hold_log(connection)
    known = {one.name: one for one in installed(connection)}
    for name in modules:
        if name in known:
            change(connection, name, **_declared(name))
        else:
            _add(connection, name, modules[name])
    pending(session).histories.update(
        me.name for me in installed(connection) if me.state == State.CATCHING_UP
    )
    return [name for name in modules if name not in known]


def change(connection: Connection, name: str, **values: object) -> None:
    """Write new values into a subscriber's row."""
    connection.execute(update(bus_subscriber).where(bus_subscriber.c.name == name).values(**values))


def last_position(connection: Connection) -> int:
    """The end of the log; complete up to there only while `locks.hold_log` is held."""
    return connection.scalar(select(func.coalesce(func.max(bus_event.c.pos), 0))) or 0


def _add(connection: Connection, name: str, module: str) -> None:
    last = last_position(connection)
    history = subscriptions.policy(name).replayable and last > 0
    connection.execute(
        insert(bus_subscriber).values(
            name=name,
            module=module,
            state=State.CATCHING_UP if history else State.ENABLED,
            paused=False,
            since=0,
            mark=0 if history else last,
            upto=last,
            replay_tries=0,
            **_declared(name),
        )
    )


def _declared(name: str) -> dict[str, Any]:
    """What the code says of a subscriber."""
    policy = subscriptions.policy(name)
    return {
        "kinds": json.dumps(subscriptions.wants(name), sort_keys=True),
        "on_dead": policy.on_dead,
        "max_attempts": policy.max_attempts,
        "replayable": policy.replayable,
    }


def _is_declared(me: Subscriber) -> bool:
    return all(getattr(me, name) == value for name, value in _declared(me.name).items())


_ALL = select(*bus_subscriber.columns)
_EACH = Kept(_ALL.order_by(bus_subscriber.c.name))
_ONE = Kept(_ALL.where(bus_subscriber.c.name == bindparam("wanted")))

#: What `works` and `limit` say, for a statement that reads a delivery with its subscriber's row.
WORKS = and_(bus_subscriber.c.state != State.DISABLED, not_(bus_subscriber.c.paused))
IN_REACH = or_(
    bus_subscriber.c.state != State.CATCHING_UP,
    bus_delivery.c.event_pos <= bus_subscriber.c.mark,
)
