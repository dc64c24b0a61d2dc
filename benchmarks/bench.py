"""One backend under measurement: where it runs, who works for it, and what was found."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from bus.worker import embedded, poking
from core.config import Settings
from core.testing.servers import postgresql_server, redis_server


@dataclass
class Waits:
    """Keeps how long events waited, in place of the real figures."""

    seconds: list[float] = field(default_factory=list)

    def delivered(self, _subscriber: str, waits: list[float], _seconds: float) -> None:
        """Keep them."""
        self.seconds += waits

    def failed(self, subscriber: str) -> None:
        """Nothing may fail while it is measured."""
        raise AssertionError(subscriber)

    def poked(self, *, reached: bool) -> None:
        """Pokes are not measured."""

    def found(self, subscribers: object) -> None:
        """Nor is the sweeper."""


@dataclass
class Bench:
    """One backend, and where the figures go."""

    settings: Settings
    scale: float
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def is_scaled(self) -> bool:
        """Whether workers are processes of their own."""
        return bool(self.settings.redis_url)

    def times(self, number: int) -> int:
        """So many, made smaller or larger."""
        return max(4, int(number * self.scale))

    def note(self, name: str, value: float, unit: str) -> None:
        """Keep a figure and show it."""
        self.figures[name] = round(value, 3)
        click.echo(f"{name:<46}{value:12,.1f} {unit:<14} load {os.getloadavg()[0]:.1f}")

    @contextmanager
    def workers(self) -> Iterator[None]:
        """Two worker processes, or the threads of this one."""
        if not self.is_scaled:
            with embedded():
                yield
            return
        processes = [self._start() for _ in range(2)]
        try:
            with poking(self.settings.redis_url):
                yield
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
            for process in processes:
                process.wait(30)

    def _start(self) -> "subprocess.Popen[str]":
        where = {
            "LAMPLIT_HOME": str(self.settings.home),
            "LAMPLIT_DATABASE_URL": self.settings.database_url,
            "LAMPLIT_REDIS_URL": self.settings.redis_url,
        }
        code = "from core.cli import main; import sys; sys.argv = ['lamplit', 'worker']; main()"
        started = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, **where},
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in started.stderr or ():
            if "delivering" in line:
                break
        return started


@contextmanager
def backend(name: str) -> Iterator[Settings]:
    """A fresh database, as a company would run it."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if name == "sqlite":
            yield Settings(home=home)
            return
        database = stack.enter_context(postgresql_server(careful=True))
        yield Settings(
            home=home, database_url=database, redis_url=stack.enter_context(redis_server())
        )
