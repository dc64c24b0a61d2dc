"""Redis and PostgreSQL: killed, and started again by the command that started them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis


@dataclass
class Command:
    """How a running server was started, so that it can be started again."""

    program: str
    arguments: list[str]
    folder: str
    owner: int

    @classmethod
    def of(cls, pid: int) -> "Command":
        """Read it from the process."""
        place = Path(f"/proc/{pid}")
        line = place.joinpath("cmdline").read_bytes().decode().removesuffix("\0").split("\0")
        owner = place.stat().st_uid
        return cls(os.readlink(place / "exe"), line[1:], os.readlink(place / "cwd"), owner)

    def run(self) -> "subprocess.Popen[bytes] | None":
        """Start it; None if it did not stay."""
        options: dict[str, Any] = {"user": self.owner} if os.geteuid() == 0 and self.owner else {}
        process = subprocess.Popen(
            [self.program, *self.arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **options,
        )
        time.sleep(0.5)
        return process if process.poll() is None else None


@dataclass
class Server:
    """One of the two."""

    pid: Callable[[], int]
    #: The options it is started with again; its own, if nobody says otherwise.
    options: Callable[[], list[str]] | None = None
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def command(self, *more: str) -> Command:
        """How it is started again, with more options."""
        command = Command.of(self.pid())
        if self.options:
            command.arguments = self.options()
        command.arguments += more
        return command

    def kill(
        self, number: signal.Signals = signal.SIGKILL, more: tuple[str, ...] = ()
    ) -> Callable[[], None]:
        """End it; returns what starts it again.

        Parameters:
          more: Options that it is started with from then on.
        """
        pid, command = self.pid(), self.command(*more)
        os.kill(pid, number)
        # Until it is waited for it is still there, and its successor would not start.
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        return lambda: self.start(command)

    def start(self, command: Command) -> None:
        """Start it; its children may still hold what it needs: it is started until it stays."""
        for _attempt in range(20):
            if (process := command.run()) is not None:
                self.started.append(process)
                return

    def end(self) -> None:
        """Stop what was started here."""
        for process in self.started:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)


def redis_of(url: str) -> Server:
    """The Redis that answers there; it writes something else over its command line."""

    def pid() -> int:
        with redis.Redis.from_url(url) as client:
            return int(client.info("server")["process_id"])

    def options() -> list[str]:
        with redis.Redis.from_url(url) as client:
            port, folder = client.config_get("port")["port"], client.config_get("dir")["dir"]
        return ["--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", ""]

    return Server(pid, options)


def postgresql_of(url: str) -> Server:
    """The PostgreSQL that answers there."""

    def pid() -> int:
        with ready(url) as connection:
            row = connection.execute("show data_directory").fetchone()
        return int(Path(str(row[0]), "postmaster.pid").read_text().splitlines()[0]) if row else 0

    return Server(pid)


def ready(url: str, patience: float = 60.0) -> "psycopg.Connection[Any]":
    """A connection to PostgreSQL, as soon as it has recovered."""
    end = time.monotonic() + patience
    while True:
        try:
            return psycopg.connect(url)
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
