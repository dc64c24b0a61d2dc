"""Subscribers are switched off and on without losing, doubling or reordering anything.

Each function works in the caller's transaction. Publishers are kept out for its rest, so a mark
in the log is exact: everything before it is committed, everything after it is not yet written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select, text

from bus import locks, subscribers
from bus.acts import note_act
from bus.runtime import runtime
from bus.subscribers import State, Subscriber
from bus.tables import bus_delivery, bus_event
from bus.wakening import pending


@dataclass(frozen=True)
class Progress:
    """How much a module still has to hear, and how far it is in catching up."""

    waiting: int
    catching_up: bool
    done: int
    total: int


def disable(module: str, *, by: str | None = None) -> None:
    """Tell a module nothing more; what it has not taken in yet stays."""
    for connection, me in _held(module):
        if me.state == State.DISABLED:
            continue
        mark = me.mark if me.state == State.CATCHING_UP else subscribers.last_position(connection)
        subscribers.change(connection, me.name, state=State.DISABLED, mark=mark)
        note_act("disable", me.name, by=by)


def enable(module: str, *, by: str | None = None) -> None:
    """Tell a module what it has missed, in order, and then what happens."""
    note = pending(runtime().session())
    for connection, me in _held(module):
        if me.state != State.DISABLED:
            continue
        last = subscribers.last_position(connection)
        state = State.CATCHING_UP if me.replayable and me.mark < last else State.ENABLED
        subscribers.change(
            connection, me.name, state=state, since=me.mark, upto=last, replay_tries=0
        )
        note_act("enable", me.name, by=by)
        note.names.add(me.name)
        if state == State.CATCHING_UP:
            note.histories.add(me.name)


def pause(subscriber: str, *, by: str | None = None, why: str = "") -> None:
    """Make no deliveries to a subscriber for now; they are written and wait."""
    connection = runtime().session().connection()
    locks.hold_subscriber(connection, subscribers.get(connection, subscriber).name)
    subscribers.change(connection, subscriber, paused=True)
    note_act("pause", subscriber, by=by, why=why)


def resume(subscriber: str, *, by: str | None = None, why: str = "") -> None:
    """Go on with a subscriber that was paused."""
    session = runtime().session()
    connection = session.connection()
    subscribers.change(connection, subscribers.get(connection, subscriber).name, paused=False)
    note_act("resume", subscriber, by=by, why=why)
    pending(session).names.add(subscriber)
    pending(session).histories.add(subscriber)


def waiting(subscriber: str) -> int:
    """How many deliveries are open, with those not written because it was off."""
    connection = runtime().session().connection()
    me = subscribers.get(connection, subscriber)
    return _open(connection, me) + _missed(connection, me)


def progress(module: str) -> Progress:
    """How far a module is, over all its subscribers."""
    connection = runtime().session().connection()
    mine = subscribers.of_module(connection, module)
    behind = [me for me in mine if me.state == State.CATCHING_UP]
    return Progress(
        waiting=sum(_open(connection, me) + _missed(connection, me) for me in mine),
        catching_up=bool(behind),
        done=sum(me.mark - me.since for me in behind),
        total=sum(me.upto - me.since for me in behind),
    )


def concerning(me: Subscriber) -> ColumnElement[bool]:
    """That an event in the log is one that the subscriber listens to."""
    every = list(me.wants)
    history = [kind for kind, wanted in me.wants.items() if wanted]
    return or_(
        and_(bus_event.c.historical == false(), _is_of(every)),
        _is_of(history),
    )


def untold(me: Subscriber) -> ColumnElement[bool]:
    """That no delivery of an event to the subscriber was ever written."""
    return ~exists().where(
        bus_delivery.c.subscriber == me.name, bus_delivery.c.event_pos == bus_event.c.pos
    )


def _is_of(kinds: list[str]) -> ColumnElement[bool]:
    return or_(bus_event.c.type.in_(kinds), bus_event.c.fact.in_(kinds))


def _held(module: str) -> Iterator[tuple[Connection, Subscriber]]:
    connection = runtime().session().connection()
    locks.hold_log(connection)
    for me in subscribers.of_module(connection, module):
        locks.hold_subscriber(connection, me.name)
        yield connection, subscribers.get(connection, me.name)


def _open(connection: Connection, me: Subscriber) -> int:
    statement = select(func.count()).where(bus_delivery.c.subscriber == me.name)
    return connection.scalar(statement.where(text("status = 0"))) or 0


def _missed(connection: Connection, me: Subscriber) -> int:
    if me.state == State.ENABLED:
        return 0
    statement = select(func.count()).select_from(bus_event)
    statement = statement.where(bus_event.c.pos > me.mark, concerning(me), untold(me))
    return connection.scalar(statement) or 0
