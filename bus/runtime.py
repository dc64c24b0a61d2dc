"""What the bus needs from the program around it, given once at start-up."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal
from sqlalchemy.orm import Session, scoped_session

from bus.columns import UtcDateTime
from bus.errors import NotConnected
from bus.observing import NoObserver, Observer

AnySession = Session | scoped_session[Session]
Transaction = Callable[[], AbstractContextManager[AnySession]]
Connecting = Callable[[], AbstractContextManager[Connection]]


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _nobody() -> str | None:
    return None


def _no_cause() -> UUID | None:
    return None


def _always(_module: str) -> bool:
    return True


class Poker(Protocol):
    """Wakes those who work; it must neither block nor raise, and may lose what it is told."""

    def drain(self, subscribers: Collection[str]) -> None:
        """Something waits for these subscribers."""

    def replay(self, subscribers: Collection[str]) -> None:
        """These subscribers have history to catch up with."""


class NoPoker:
    """Wakes nobody: the sweeper, `settle` or a direct `drain` find the rows."""

    def drain(self, subscribers: Collection[str]) -> None:
        """Leave them to the sweeper."""

    def replay(self, subscribers: Collection[str]) -> None:
        """Leave them to the sweeper."""


@dataclass(frozen=True)
class Runtime:
    """The database, the broker, the person and the time, as the bus sees them."""

    session: Callable[[], Session]
    unit_of_work: Transaction
    reading: Transaction
    noting: Connecting
    looking: Connecting
    poker: Poker
    actor: Callable[[], str | None]
    clock: Callable[[], datetime]
    surroundings: Callable[[], AbstractContextManager[object]]
    is_on: Callable[[str], bool]
    correlation: Callable[[], UUID | None]
    observer: Observer


_connected: list[Runtime] = []


def connect(
    *,
    session: Callable[[], Session],
    unit_of_work: Transaction,
    reading: Transaction | None = None,
    noting: Connecting | None = None,
    looking: Connecting | None = None,
    poker: Poker | None = None,
    actor: Callable[[], str | None] = _nobody,
    clock: Callable[[], datetime] = _now,
    surroundings: Callable[[], AbstractContextManager[object]] = nullcontext,
    is_on: Callable[[str], bool] = _always,
    correlation: Callable[[], UUID | None] = _no_cause,
    observer: Observer | None = None,
) -> None:
    """Tell the bus where it lives; the last call holds.

    Parameters:
      session: The caller's session, in whose transaction events are published.
      unit_of_work: Opens a write transaction of its own and commits it at the end.
      reading: Opens a short read transaction of its own; a write transaction if left out.
      noting: Opens a write transaction of which a crash may lose the last; `unit_of_work`
        if left out.
      looking: Opens a connection to ask one thing; `reading` if left out.
      poker: Wakes who works; `bus.worker` sets one that goes through a broker.
      actor: Who is acting now, for the log.
      clock: The present moment in UTC.
      surroundings: What a job or a sender needs around it, besides transactions of its own.
      is_on: Whether a module is switched on, so that its jobs run; asked in its surroundings.
      correlation: What everything that is published now is a part of, such as one request.
      observer: Is told what was done, and how fast.
    """
    reading = reading or unit_of_work
    _connected[:] = [
        Runtime(
            session,
            unit_of_work,
            reading,
            noting or partial(_connection_of, unit_of_work),
            looking or partial(_connection_of, reading),
            poker or NoPoker(),
            actor,
            clock,
            surroundings,
            is_on,
            correlation,
            observer or NoObserver(),
        )
    ]


@contextmanager
def _connection_of(transaction: Transaction) -> Iterator[Connection]:
    with transaction() as session:
        yield session.connection()


def wake_through(poker: Poker) -> None:
    """Wake through this poker from now on."""
    _connected[:] = [replace(runtime(), poker=poker)]


def disconnect() -> None:
    """Forget the program around the bus, at its end."""
    _connected.clear()


def runtime() -> Runtime:
    """What the bus was connected to."""
    if not _connected:
        raise NotConnected("call bus.connect first")
    return _connected[0]


def named_moment(dialect: str, after: timedelta = timedelta()) -> ColumnElement[datetime]:
    """That moment for a statement that is kept; it is run with `now_for` the same moment."""
    if dialect == "postgresql":
        return func.clock_timestamp(type_=UtcDateTime) + literal(after)
    return bindparam("now", type_=UtcDateTime)


def now_for(dialect: str, after: timedelta = timedelta()) -> dict[str, datetime]:
    """The parameter of `named_moment`: PostgreSQL looks at its own clock."""
    return {} if dialect == "postgresql" else {"now": runtime().clock() + after}


def moment(connection: Connection, after: timedelta = timedelta()) -> ColumnElement[datetime]:
    """Now, or a little later, by the clock that all writers of this database share."""
    if connection.dialect.name == "postgresql":
        return func.clock_timestamp(type_=UtcDateTime) + literal(after)
    return literal(runtime().clock() + after, UtcDateTime)
