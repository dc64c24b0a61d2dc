"""Lamplit's own processes, to be killed, paused, started anew and watched over."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.config import CHECKOUT

_COMMAND = "import sys; sys.argv = ['lamplit', *{words!r}]; from core.cli import main; main()"


@dataclass
class Program:
    """One of Lamplit's processes."""

    words: tuple[str, ...]
    surroundings: dict[str, str]
    #: The folder whose code it runs.
    tree: Path = CHECKOUT
    #: Python that it runs before anything else: how the rig moves its clock, or lets it die.
    before: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, whatever became of the last one."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{self.before}\n{_COMMAND.format(words=self.words)}"],
            cwd=self.tree,
            env={**os.environ, **self.surroundings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(number)

    def end(self) -> None:
        """Stop it for good."""
        if self.process is not None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
            self.process.kill()
            self.process.wait()

    def restart_after(self, number: signal.Signals) -> None:
        """End it by a signal, and start the next one, as a supervisor does."""
        self.send(number)
        self.wait()
        self.start()

    def wait(self) -> int:
        """Wait until it has ended by itself; returns its exit code."""
        return self.process.wait(60) if self.process is not None else 0

    def run(self) -> int:
        """Run it to its end; returns its exit code."""
        self.start()
        return self.wait()

    def has_died(self) -> bool:
        """Whether it ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def exchange(self, **changed: object) -> None:
        """Stop it, and start it otherwise."""
        self.end()
        other = replace(self, **changed)  # type: ignore[arg-type]
        self.tree, self.before, self.surroundings = other.tree, other.before, other.surroundings
        self.start()


@contextmanager
def watched_over(programs: list[Program]) -> Iterator[list[int]]:
    """Start whoever dies anew while the block runs; counts the deaths."""
    over, deaths = threading.Event(), [0]

    def watch() -> None:
        while not over.wait(0.2):
            for program in programs:
                if program.has_died():
                    deaths[0] += 1
                    program.start()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield deaths
    finally:
        over.set()
        watcher.join()
