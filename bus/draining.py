"""Work off what waits for a subscriber. Called by the broker's actor, and callable without it."""

import time
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.exc import OperationalError

from bus.claims import claim, claim_aggregate, is_due
from bus.delivery import deliver
from bus.kept import Kept
from bus.runtime import runtime
from bus.subscriptions import subscriptions
from bus.tables import bus_delivery
from bus.turns import Turns

#: Seconds after which a drain lets other subscribers have its thread.
TURN = 0.5
#: A batch smaller than this ends a turn: until the next poke more comes together.
SMALL = 25
#: How many times `settle` looks for more; what is left then is the drain's.
ROUNDS = 50

_turns = Turns()


def drain(subscriber: str, *, in_turns: bool = False) -> int:
    """Deliver whatever is due; returns how many deliveries were tried.

    A process drains a subscriber once at a time: a second call notes that there is more and
    returns. Errors of handlers are recorded with the delivery and never raised here.
    """
    if subscriber not in subscriptions.subscribers():
        return 0
    tried = 0
    while _turns.enter(subscriber):
        try:
            tried += work_off(subscriber, in_turns=in_turns)
        finally:
            again = _turns.leave(subscriber)
        if not again:
            break
    return tried


def drain_all(subscribers: set[str] | None = None) -> int:
    """Deliver everything that is due, also what the handlers themselves publish meanwhile."""
    tried = 0
    while batch := sum(drain(name) for name in sorted(subscribers or subscriptions.subscribers())):
        tried += batch
    return tried


def settle(subscriber: str, aggregate_id: UUID) -> None:
    """Deliver in line what one aggregate still has open for a subscriber.

    For a page or command that must not look at yesterday's picture. It works in transactions
    of its own: call it before the request's session is used. What a process of older code has
    parked is tried once: this process may know its version.
    """
    if subscriber not in subscriptions.subscribers():
        return
    for number in range(ROUNDS):
        with runtime().looking() as connection:
            if not _has_open(connection, subscriber, aggregate_id):
                return
        try:
            found = claim_aggregate(subscriber, aggregate_id, parked_too=number == 0)
        except OperationalError:
            return  # another worker holds the rows for longer than a page may wait
        if found is None:
            return
        deliver(subscriber, found.rows)


def work_off(subscriber: str, *, in_turns: bool = False) -> int:
    """Deliver until nothing is due: what one process does, whoever else is at it.

    In turns, what is still due after a small batch, or after a while, is left to a new poke. So
    no thread waits for more to come, and many subscribers share a few threads.
    """
    tried, suspects_first, end = 0, False, time.monotonic() + TURN
    while (not tried or is_due(subscriber)) and (
        found := claim(subscriber, suspects_first=suspects_first)
    ):
        if found.rows:
            deliver(subscriber, found.rows, alone=found.alone)
            tried += len(found.rows)
        suspects_first = found.passed_over  # fresh ones must not keep them waiting for ever
        is_over = len(found.rows) < SMALL or time.monotonic() > end
        if in_turns and is_over and not suspects_first:
            if found.leaves_some and is_due(subscriber):
                runtime().poker.drain({subscriber})
            break
    return tried


def is_settled(subscriber: str, aggregate_id: UUID) -> bool:
    """Whether a subscriber has heard all of one aggregate: `settle` would find nothing to do.

    Asked in the caller's transaction.
    """
    return not _has_open(runtime().session().connection(), subscriber, aggregate_id)


def _has_open(connection: Connection, subscriber: str, aggregate_id: UUID) -> bool:
    parameters = {"name": subscriber, "aggregate": aggregate_id}
    return _FIRST_OPEN.scalar(connection, parameters) is not None


_FIRST_OPEN = Kept(
    select(bus_delivery.c.event_pos)
    .where(bus_delivery.c.subscriber == bindparam("name"))
    .where(bus_delivery.c.aggregate_id == bindparam("aggregate"))
    .where(text("status < 2"))
    .limit(1)
)
