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
from typing import TypedDict

import click

from bus.worker import embedded, poking
from core.config import Settings
from core.testing.servers import postgresql_server, redis_server

RAW_COMMITS, RAW_MESSAGES = "raw commits", "raw messages"


class Figure(TypedDict):
    """What was found, beside the machine's own ceiling, and how busy the machine was."""

    value: float
    unit: str
    ratio: float | None
    load: float


@dataclass
class Bench:
    """One backend, and where the figures go."""

    settings: Settings
    scale: float
    figures: dict[str, Figure] = field(default_factory=dict)
    #: The worker processes, while there are any.
    processes: "list[subprocess.Popen[str]]" = field(default_factory=list)

    @property
    def is_scaled(self) -> bool:
        """Whether workers are processes of their own."""
        return bool(self.settings.redis_url)

    def times(self, number: int) -> int:
        """So many, made smaller or larger."""
        return max(4, int(number * self.scale))

    def note(self, name: str, value: float, unit: str, *, beside: str = RAW_COMMITS) -> None:
        """Keep a figure and show it, beside what the machine itself can do.

        Parameters:
          beside: The ceiling's name. A rate is shown as a part of the ceiling's, a time as so many
            times what the ceiling takes for one.
        """
        ratio = self._ratio(value, unit, beside)
        load = round(os.getloadavg()[0], 1)
        self.figures[name] = {"value": round(value, 3), "unit": unit, "ratio": ratio, "load": load}
        shown = "" if ratio is None else f"{ratio:10.3f} x {beside}"
        click.echo(f"{name:<46}{value:12,.1f} {unit:<14}load {load:4.1f} {shown}".rstrip())

    def _ratio(self, value: float, unit: str, beside: str) -> float | None:
        ceiling = self.figures.get(beside)
        if ceiling is None:
            return None
        if unit.endswith("/s"):
            return round(value / ceiling["value"], 4)
        return round(value * ceiling["value"] / 1000, 3) if unit == "ms" else None

    @contextmanager
    def workers(self) -> Iterator[None]:
        """Two worker processes, or the threads of this one."""
        if not self.is_scaled:
            with embedded():
                yield
            return
        self.processes = [self._start() for _ in range(2)]
        try:
            with poking(self.settings.redis_url):
                yield
        finally:
            for process in self.processes:
                process.send_signal(signal.SIGTERM)
            for process in self.processes:
                process.wait(30)
            self.processes = []

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
def backend(name: str, kept: Path | None = None) -> Iterator[Settings]:
    """A fresh database, as a company would run it; with `kept`, SQLite's lies there and stays."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if name == "sqlite":
            home = kept or home
            home.mkdir(parents=True, exist_ok=True)
            yield Settings(home=home)
            return
        database = stack.enter_context(postgresql_server(careful=True))
        yield Settings(
            home=home, database_url=database, redis_url=stack.enter_context(redis_server())
        )
