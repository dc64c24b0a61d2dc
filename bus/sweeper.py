"""Finds what was forgotten: lost pokes, rows whose back-off is over, catching up cut short."""

import logging
import threading
import time
from datetime import timedelta
from functools import cache

from sqlalchemy import update

from bus import subscribers
from bus.claims import due
from bus.draining import drain
from bus.errands import Errand
from bus.history import replay
from bus.kept import Kept
from bus.retries import LONGEST
from bus.runtime import moment, named_moment, now_for, runtime
from bus.sender import Sender
from bus.subscribers import State
from bus.subscriptions import subscriptions
from bus.tables import bus_delivery

#: Seconds between two sweeps, on average, and every how many the clock is looked after.
EVERY, CLOCK_CHECK = 1.0, 60
#: A row younger than this has its poke under way.
SLACK = timedelta(milliseconds=500)

_log = logging.getLogger("bus")


class Sweeper:
    """A thread in every worker; several of them do no harm, only the same thing twice."""

    def __init__(self, sender: Sender, *errands: Errand) -> None:
        self._sender = sender
        self._errands = errands
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bus-sweeper", daemon=True)
        self._rounds = 0

    def start(self) -> None:
        """Begin to sweep."""
        self._thread.start()
        for errand in self._errands:
            errand.start()

    def stop(self) -> None:
        """Finish the sweep under way."""
        self._stop.set()
        self._thread.join(10)
        for errand in self._errands:
            errand.stop()

    def _run(self) -> None:
        while not self._stop.wait(EVERY * _spread()):
            try:
                self.sweep()
            except Exception:
                _log.exception("a sweep failed; the next one follows")

    def sweep(self) -> None:
        """Wake whoever was forgotten; when the broker is away, do the work here."""
        self._rounds += 1
        if self._rounds % CLOCK_CHECK == 0:
            free_stranded()
        for errand in self._errands:
            errand.look()
        waiting, behind = forgotten()
        if waiting:
            runtime().observer.found(waiting)
        if not self._sender.broken:
            self._sender.drain(waiting)
            self._sender.replay(behind)
            return
        for name in sorted(behind):
            replay(name, in_turns=True)
        for name in sorted(waiting):
            drain(name)


def forgotten() -> tuple[set[str], set[str]]:
    """Who has deliveries due for a while, and who has history still to hear."""
    known = subscriptions.subscribers()
    waiting, behind = set[str](), set[str]()
    with runtime().looking() as connection:
        overdue = _overdue(connection.dialect.name)
        now = now_for(connection.dialect.name, -SLACK)
        for me in subscribers.installed(connection):
            if me.name not in known or not me.works:
                continue
            if me.state == State.CATCHING_UP:
                behind.add(me.name)
            if overdue.first(connection, {"name": me.name, **now}) is not None:
                waiting.add(me.name)
    return waiting, behind


@cache
def _overdue(dialect: str) -> Kept:
    return Kept(due(named_moment(dialect, -SLACK)).limit(1))


def free_stranded() -> int:
    """Make due what lies further ahead than any back-off: the clock was set back."""
    table = bus_delivery.c
    with runtime().unit_of_work() as session:
        connection = session.connection()
        changed = connection.execute(
            update(bus_delivery)
            .where(table.status == 0, table.next_at > moment(connection, 2 * LONGEST))
            .values(next_at=moment(connection))
        )
        return changed.rowcount


def _spread() -> float:
    """Between a half and one and a half, so that many workers do not sweep in step."""
    return 0.5 + time.monotonic_ns() % 1_000_003 / 1_000_003
