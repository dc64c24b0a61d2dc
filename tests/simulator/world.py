"""Time, processes and transactions of a run: all in one thread, so that a seed repeats it exactly.

Every actor is a greenlet. It runs alone until it opens a transaction or sleeps; then the hub lets
somebody else go on, by chance. SQLite has one writer at a time, so nothing is lost by switching
at the borders of transactions only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from greenlet import GreenletExit, getcurrent, greenlet
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bus.turns import Turns
from tests.simulator.faults import Faults, SimCrash, Unanswered

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_current: ContextVar[Session] = ContextVar("simulated_session")


@dataclass(eq=False)
class Process:
    """A program that may die at any point and is started again."""

    name: str
    start: Callable[["Process"], None]
    turns: dict[str, Turns] = field(default_factory=dict)


@dataclass(eq=False)
class Actor:
    """One thread of a process."""

    process: Process
    name: str
    task: greenlet
    wakes_at: datetime


class World:
    """Runs the actors, one at a time, by a virtual clock."""

    def __init__(self, seed: str, engine: Engine) -> None:
        self.chance = Random(seed)
        self.faults = Faults(self.chance)
        self.now = NOON
        self.trace: list[str] = []
        self.switches = 0
        self._engine = engine
        self._actors: list[Actor] = []
        self._running: Actor | None = None
        self._hub = getcurrent()

    # Actors and time

    def begin(self, name: str, start: Callable[[Process], None]) -> None:
        """Start a process; `start` adds its actors, now and after every death."""
        process = Process(name, start)
        start(process)

    def add(self, process: Process, name: str, work: Callable[[], None]) -> None:
        """Let a process do something beside the rest of it."""
        actor = Actor(process, name, greenlet(lambda: self._live(work), self._hub), self.now)
        self._actors.append(actor)

    def run(self, until: datetime) -> None:
        """Let the actors work up to a moment of the virtual clock."""
        while self._actors:
            ready = [actor for actor in self._actors if actor.wakes_at <= self.now]
            if not ready:
                self.now = min(actor.wakes_at for actor in self._actors)
                if self.now > until:
                    return
                continue
            self._go_on(self.chance.choice(ready))

    def sleep(self, seconds: float = 0.0) -> None:
        """Let the others work meanwhile."""
        actor = self._running
        if actor is None:
            return
        actor.wakes_at = self.now + timedelta(seconds=seconds)
        self._hub.switch()

    def monotonic(self) -> float:
        """Seconds of the virtual clock."""
        return (self.now - NOON).total_seconds()

    def turns(self, which: str) -> Turns:
        """The turns of the running process: another process has its own."""
        process = self._running.process if self._running else _NOBODY
        return process.turns.setdefault(which, Turns())

    def note(self, what: str) -> None:
        """Write a line into the trace."""
        who = f"{self._running.process.name}/{self._running.name}" if self._running else "-"
        self.trace.append(f"{self.monotonic():9.3f}  {who:<22} {what}")

    def _go_on(self, actor: Actor) -> None:
        self.switches += 1
        self.now += timedelta(milliseconds=self.chance.randrange(3))
        self._running = actor
        came_back_with = actor.task.switch()
        self._running = None
        if actor.task.dead:
            self._actors.remove(actor)
        if isinstance(came_back_with, SimCrash):
            self._bury(actor)

    def _live(self, work: Callable[[], None]) -> SimCrash | None:
        try:
            work()
        except SimCrash as death:
            self.note(f"DIES at {death}")
            return death
        return None

    def dismiss(self, name: str) -> None:
        """End a process for good, wherever its threads are."""
        for actor in [each for each in self._actors if each.process.name == name]:
            self._actors.remove(actor)
            actor.task.throw(GreenletExit)

    def _bury(self, actor: Actor) -> None:
        """End the other threads of the process, too, and start it anew."""
        self.dismiss(actor.process.name)
        rests = timedelta(milliseconds=self.chance.randrange(3000))
        fresh = Process(actor.process.name, actor.process.start)
        before = len(self._actors)
        actor.process.start(fresh)
        for started in self._actors[before:]:
            started.wakes_at = self.now + rests

    # Transactions

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """A write transaction, in which the process may die and whose commit may fail."""
        self.sleep()
        self.faults.point("begin")
        with self._session() as session:
            yield session
            self.faults.point("before commit")
            if self.faults.strikes("a commit is refused"):
                session.rollback()
                self.note("COMMIT refused")
                raise Unanswered
            session.commit()
            self.faults.point("after commit")
            if self.faults.strikes("a commit is not answered"):
                self.note("COMMIT not answered")
                raise Unanswered

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read transaction."""
        self.sleep()
        with self._session() as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """A transaction of whoever watches the run: nothing goes wrong in it."""
        with self._session() as session:
            yield session
            session.commit()

    @staticmethod
    def session() -> Session:
        """The session of the transaction that is open."""
        return _current.get()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self._engine) as session:
            token = _current.set(session)
            try:
                yield session
            finally:
                _current.reset(token)


_NOBODY = Process("nobody", lambda _process: None)
