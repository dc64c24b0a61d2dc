"""One run of the simulated company, from a seed to a verdict."""

import importlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any
from unittest import mock

from sqlalchemy import create_engine, event, insert
from sqlalchemy.pool import StaticPool

import bus
from bus.testing import own_declarations
from tests.bus.company import create_tables
from tests.simulator.actors import Company
from tests.simulator.cast import SUBSCRIBERS, Cast, metadata, total
from tests.simulator.faults import POINTS, Faults
from tests.simulator.ledger import Ledger, Violation
from tests.simulator.world import World

#: Virtual seconds with faults, and how long everything may take to settle without.
TROUBLE, PATIENCE, LOOK = 6.0, 400.0, 4.0
ACTS = 8


@dataclass
class Outcome:
    """What became of a run."""

    seed: int
    fired: Counter[str]
    trace: list[str]
    violation: str = ""
    heard: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return "\n".join((f"seed {self.seed}: {self.violation or 'ok'}", *self.trace))


class Simulator:
    """Runs seeds one after the other on one database, which begins empty each time."""

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: self._raw, poolclass=StaticPool)
        event.listen(self._engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE"))
        self._empty = sqlite3.connect(":memory:", check_same_thread=False)
        self._cast = Cast()
        self._lay_out()

    def run(self, seed: int, *, settles: bool, trouble: float = TROUBLE) -> Outcome:
        """Run one seed: with faults to its end, or until they stop and everything must settle.

        Parameters:
          trouble: Virtual seconds for which things go wrong.
        """
        self._empty.backup(self._raw)
        world, ledger = World(f"{seed} {settles}", self._engine), Ledger()
        self._cast.enter(world)
        company = Company(world, self._cast, ledger, ACTS)
        outcome = Outcome(seed, world.faults.fired, world.trace)
        with _connected(world, company), _points(world):
            company.open()
            try:
                world.run(world.now + timedelta(seconds=trouble))
                self._judge(world, company, ledger, settles=settles)
            except Violation as violation:
                outcome.violation = str(violation)
        return outcome

    def _judge(self, world: World, company: Company, ledger: Ledger, *, settles: bool) -> None:
        ledger.check_tries(self._cast.deadly_tries())
        with world.looking() as session:
            ledger.check_safety(session)
        if not settles:
            return
        world.faults.active, self._cast.is_upgraded = False, True
        world.note("the trouble is over")
        world.dismiss("office")
        company.open_everything()
        _settle(world, ledger)

    def _lay_out(self) -> None:
        create_tables(self._engine)
        with self._engine.begin() as connection:
            metadata.create_all(connection)
            rows = [{"subscriber": name, "positions": 0} for name in SUBSCRIBERS]
            connection.execute(insert(total), rows)
        world = World("empty", self._engine)
        world.faults.active = False
        self._cast.enter(world)
        with _connected(world, None), world.looking():
            bus.install()
        self._raw.backup(self._empty)


def _settle(world: World, ledger: Ledger) -> None:
    end = world.now + timedelta(seconds=PATIENCE)
    while True:
        world.run(world.now + timedelta(seconds=LOOK))
        with world.looking() as session:
            ledger.check_safety(session)
            try:
                ledger.check_liveness(session)
            except Violation:
                if world.now > end:
                    raise
            else:
                return


@contextmanager
def simulator() -> Iterator[Simulator]:
    """A simulator with its own events and listeners, while the block runs."""
    with own_declarations():
        yield Simulator()
        bus.disconnect()


@contextmanager
def _connected(world: World, company: Company | None) -> Iterator[None]:
    """Connect the bus to the world: its transactions, its clock, its turns and its sleep."""
    bus.connect(
        session=world.session,
        unit_of_work=world.unit_of_work,
        reading=world.reading,
        poker=company.network if company else None,
        actor=lambda: "Wang",
        clock=lambda: world.now,
    )
    with ExitStack() as stack:
        for module in ("bus.draining", "bus.history"):
            stack.enter_context(mock.patch(f"{module}.time", world))
            stack.enter_context(mock.patch(f"{module}._turns", _TurnsOfProcess(world, module)))
        yield


class _TurnsOfProcess:
    """Stands for a process's own list of who is at work."""

    def __init__(self, world: World, which: str) -> None:
        self._world, self._which = world, which

    def enter(self, name: str) -> bool:
        """Take the turn in the running process."""
        return self._world.turns(self._which).enter(name)

    def leave(self, name: str) -> bool:
        """Give it back."""
        return self._world.turns(self._which).leave(name)


@contextmanager
def _points(world: World) -> Iterator[None]:
    """Let processes die before and after the named functions of the bus."""
    with ExitStack() as stack:
        for module, name in POINTS:
            function = getattr(importlib.import_module(module), name)
            point = _deadly(function, f"{module}.{name}", world.faults)
            stack.enter_context(mock.patch(f"{module}.{name}", point))
        yield


def _deadly(function: Callable[..., Any], name: str, faults: Faults) -> Callable[..., Any]:
    @wraps(function)
    def passed(*args: Any, **kwargs: Any) -> Any:
        faults.point(f"before {name}")
        result = function(*args, **kwargs)
        faults.point(f"after {name}")
        return result

    return passed
