"""Real programs: servers and Lamplit's own processes, to be killed, paused and started anew."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis

from core.testing.servers import free_port


@dataclass
class Program:
    """One of Lamplit's processes."""

    verb: str
    surroundings: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, whatever became of the last one."""
        code = (
            f"import sys; sys.argv = ['lamplit', {self.verb!r}]; from core.cli import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
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
        if self.process is not None:
            self.process.wait(20)
        self.start()


@dataclass
class Server:
    """Redis or PostgreSQL: killed, and started again by the command that started it."""

    pid: Callable[[], int]
    #: The options it is started with again; its own, if nobody says otherwise.
    options: Callable[[], list[str]] | None = None
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
        """End it; returns what starts it again."""
        pid = self.pid()
        place = Path(f"/proc/{pid}")
        command = place.joinpath("cmdline").read_bytes().decode().removesuffix("\0").split("\0")
        arguments = self.options() if self.options else command[1:]
        program, owner = os.readlink(place / "exe"), place.stat().st_uid
        where = os.readlink(place / "cwd")
        os.kill(pid, number)
        # Until it is waited for it is still there, and its successor would not start.
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        while place.exists():
            time.sleep(0.05)

        def again() -> None:
            options: dict[str, Any] = {"user": owner} if os.geteuid() == 0 and owner else {}
            # Its children may still hold what it needs: it is started until it stays.
            for _attempt in range(20):
                process = subprocess.Popen(
                    [program, *arguments],
                    cwd=where,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    **options,
                )
                time.sleep(0.5)
                if process.poll() is None:
                    self.started.append(process)
                    return

        return again

    def end(self) -> None:
        """Stop what was started here."""
        for process in self.started:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)


def redis_pid(url: str) -> Callable[[], int]:
    """Return what tells Redis' process."""

    def pid() -> int:
        with redis.Redis.from_url(url) as client:
            return int(client.info("server")["process_id"])

    return pid


def redis_options(url: str) -> Callable[[], list[str]]:
    """Return what tells Redis' options: it writes something else over its command line."""

    def options() -> list[str]:
        with redis.Redis.from_url(url) as client:
            port, folder = client.config_get("port")["port"], client.config_get("dir")["dir"]
        return ["--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", ""]

    return options


def postgresql_pid(url: str) -> Callable[[], int]:
    """Return what tells PostgreSQL's process."""

    def pid() -> int:
        with psycopg.connect(url) as connection:
            row = connection.execute("show data_directory").fetchone()
        return int(Path(str(row[0]), "postmaster.pid").read_text().splitlines()[0]) if row else 0

    return pid


@dataclass
class World:
    """A company on PostgreSQL and Redis, with one web process and two workers."""

    home: Path
    database_url: str
    redis_url: str

    def __post_init__(self) -> None:
        self.port = free_port()
        where = {
            "LAMPLIT_HOME": str(self.home),
            "LAMPLIT_DATABASE_URL": self.database_url,
            "LAMPLIT_REDIS_URL": self.redis_url,
            "LAMPLIT_PORT": str(self.port),
        }
        self.web = Program("web", where)
        self.workers = [Program("worker", where) for _ in range(2)]
        self.redis = Server(redis_pid(self.redis_url), redis_options(self.redis_url))
        self.postgresql = Server(postgresql_pid(self.database_url))

    @property
    def programs(self) -> list[Program]:
        """All of Lamplit's processes."""
        return [self.web, *self.workers]

    def end(self) -> None:
        """Stop everything."""
        for program in self.programs:
            program.end()
        for server in (self.redis, self.postgresql):
            server.end()
