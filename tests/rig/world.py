"""A company and everything it runs on, to be broken: scaled out, or all in one process."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from core.config import Settings
from core.testing.servers import free_port, postgresql_server, redis_server
from tests.rig.load import Trade
from tests.rig.programs import Program
from tests.rig.servers import Server, postgresql_of, redis_of

ADDONS = Path(__file__).parent / "addons"
#: `make faults LONG=1` lets what lasts last as long as the list of faults asks for.
LONG = bool(os.environ.get("LONG"))


class Impossible(Exception):
    """This machine does not let us do that; the text says why."""


@dataclass
class World:
    """A company's programs; on PostgreSQL and Redis, or with SQLite in one process."""

    home: Path
    database_url: str = ""
    redis_url: str = ""
    #: A file system of little room on which the data lies.
    disk: Path | None = None
    programs: list[Program] = field(default_factory=list)
    trade: Trade = field(init=False)

    def __post_init__(self) -> None:
        self.port = free_port()
        if self.database_url:
            self.programs = [self.program("web"), self.program("worker"), self.program("worker")]
        else:
            self.programs = [self.program("run")]

    def program(self, *words: str, before: str = "", **settings: str) -> Program:
        """A program of this company's, not yet started."""
        where = {
            "LAMPLIT_HOME": str(self.home),
            "LAMPLIT_DATABASE_URL": self.database_url,
            "LAMPLIT_REDIS_URL": self.redis_url,
            "LAMPLIT_PORT": str(self.port),
            "LAMPLIT_ADDONS": str(ADDONS),
        }
        return Program(words, where | settings, before=before)

    @property
    def settings(self) -> Settings:
        """The same for an application in the rig's own process."""
        return Settings(self.home, self.database_url, self.redis_url, addons=(ADDONS,))

    @property
    def web(self) -> Program:
        """The process that answers."""
        return self.programs[0]

    @property
    def workers(self) -> list[Program]:
        """The processes that deliver."""
        return self.programs[1:] or self.programs

    @cached_property
    def redis(self) -> Server:
        """The company's Redis."""
        return redis_of(self.redis_url)

    @cached_property
    def postgresql(self) -> Server:
        """The company's PostgreSQL."""
        return postgresql_of(self.database_url)


@contextmanager
def scaled(inside: Path | None = None) -> Iterator[World]:
    """On PostgreSQL with its fsync, and Redis; one web process, two workers."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(dir=inside)))
        database = stack.enter_context(postgresql_server(careful=True, inside=inside))
        world = World(home, database, stack.enter_context(redis_server()), disk=inside)
        yield from _living(world, stack)


@contextmanager
def embedded(inside: Path | None = None) -> Iterator[World]:
    """On one SQLite file, all in one process."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(dir=inside)))
        yield from _living(World(home, disk=inside), stack)


def _living(world: World, stack: ExitStack) -> Iterator[World]:
    servers = [world.redis, world.postgresql] if world.database_url else []
    try:
        yield world
    finally:
        for program in world.programs:
            program.end()
        for server in servers:
            server.end()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own in memory, with so much room.

    Raises:
        Impossible: when we may not mount one.
    """
    with TemporaryDirectory(prefix="lamplit-disk-") as folder:
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", folder]
        try:
            subprocess.run(["mount", *options], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Impossible("not run: mounting a small file system was refused") from error
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)
