"""What a subscriber has heard so far: the part of the log that its views must agree with.

Whoever hands this over once more, into an empty shadow, finds out what the views should be.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bus import locks, subscribers
from bus.envelopes import Envelope
from bus.rows import among, envelope
from bus.runtime import runtime
from bus.subscribers import State, Subscriber
from bus.switch import concerning
from bus.tables import DONE, ENVELOPE, bus_delivery, bus_event
from bus.waves import hand_over

#: Events read at once.
PAGE = 500


@dataclass(frozen=True)
class Stretch:
    """The next piece of the log that concerns a subscriber."""

    heard: list[Envelope]
    #: Places of events that have not come to it: they wait, failed, or were skipped.
    unheard: list[int]
    #: The place of the last event of the piece.
    end: int


def heard(subscriber: str) -> Iterator[list[Envelope]]:
    """Yield all that a subscriber has heard, oldest first; in the caller's transaction."""
    after = 0
    while (stretch := heard_after(subscriber, after)) is not None:
        after = stretch.end
        if stretch.heard:
            yield stretch.heard


def heard_after(subscriber: str, after: int, upto: int | None = None) -> Stretch | None:
    """The next piece behind a place in the log; None when there is nothing more."""
    connection = runtime().session().connection()
    me = subscribers.get(connection, subscriber)
    statement = (
        select(*ENVELOPE, _is_heard(me).label("heard"))
        .where(concerning(me), bus_event.c.pos > after)
        .order_by(bus_event.c.pos)
        .limit(PAGE)
    )
    if upto is not None:
        statement = statement.where(bus_event.c.pos <= upto)
    rows = connection.execute(statement).all()
    if not rows:
        return None
    return Stretch(
        [envelope(row) for row in rows if row.heard],
        [row.pos for row in rows if not row.heard],
        rows[-1].pos,
    )


def heard_of(subscriber: str, places: Collection[int]) -> list[Envelope]:
    """Those of these events that have come to the subscriber, oldest first."""
    connection = runtime().session().connection()
    me = subscribers.get(connection, subscriber)
    found: list[Envelope] = []
    ordered = sorted(places)
    for begin in range(0, len(ordered), PAGE):
        these = among(connection, bus_event.c.pos, ordered[begin : begin + PAGE])
        statement = select(*ENVELOPE).where(these, _is_heard(me)).order_by(bus_event.c.pos)
        found += [envelope(row) for row in connection.execute(statement)]
    return found


def hear_again(subscriber: str, events: list[Envelope]) -> None:
    """Run the handlers that write views over events once more, in the caller's transaction.

    Handlers that act are left out: what they did is done, and nothing leaves the house.
    """
    hand_over(subscriber, events, replaying=True, rebuilding=True)


def closed_end() -> int:
    """The place up to which the log is complete; in the caller's write transaction."""
    connection = runtime().session().connection()
    locks.hold_log(connection)
    return subscribers.last_position(connection)


def hold(subscriber: str) -> None:
    """Let nobody deliver to a subscriber for the rest of the caller's write transaction."""
    locks.hold_subscriber(runtime().session().connection(), subscriber)


def _is_heard(me: Subscriber) -> Any:
    """That an event came to the subscriber, by a delivery that is done or by a replay."""
    mine = (
        select(bus_delivery.c.event_pos)
        .where(bus_delivery.c.subscriber == me.name)
        .where(bus_delivery.c.event_pos == bus_event.c.pos)
    )
    undone = mine.where(bus_delivery.c.status != DONE).exists()
    if me.state == State.ENABLED:
        return ~undone
    done = mine.where(bus_delivery.c.status == DONE).exists()
    return ~undone & ((bus_event.c.pos <= me.mark) | done)
