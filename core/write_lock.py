"""One writer at a time on a SQLite file, in turn: among threads, and among processes.

SQLite lets a waiting process only look again from time to time, so that one which writes without
a break (an import, a catch-up) would lock all others out. Two lock files make a turnstile: who
waits for the second holds the first, so the last writer cannot come before him again. Nobody
waits without an end, in case the other process stands still.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

#: Seconds a thread waits for its turn before it gives up: for the others of its process, and then
#: for other processes, of which one may stand still with the file in its hands.
PATIENCE = 30.0
#: Seconds between two looks at a lock file: first, and at most.
_PAUSE, _LONGEST_PAUSE = 0.0005, 0.01


class NestedWrite(RuntimeError):
    """A thread that already writes asked for a second write transaction: a programming error."""


class DatabaseBusy(RuntimeError):
    """Other writers kept the database for longer than a person would wait."""


class WriteLock:
    """Orders the writers of one SQLite file. Among processes it needs a system with flock."""

    def __init__(self, database: str) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._files = _Turnstile(database) if _has_file(database) else None

    def acquire(self) -> None:
        """Wait for the turn.

        Raises:
            NestedWrite: when this thread has it already; waiting would never end.
            DatabaseBusy: when other threads or processes keep it for too long.
        """
        if self._owner == threading.get_ident():
            raise NestedWrite("this thread already has a write transaction open")
        if not self._lock.acquire(timeout=PATIENCE):
            raise DatabaseBusy(f"no write lock within {PATIENCE:.0f} s")
        try:
            if self._files is not None:
                self._files.enter()
        except BaseException:
            self._lock.release()
            raise
        self._owner = threading.get_ident()

    def release(self) -> None:
        """Let the next writer in."""
        if self._files is not None:
            self._files.leave()
        self._owner = None
        self._lock.release()


@contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Whether this process is the only one at it, for as long as the block runs."""
    file = _open(str(path))
    try:
        yield _try_to_take(file)
    finally:
        os.close(file)


class _Turnstile:
    def __init__(self, database: str) -> None:
        self._queue = _open(f"{database}.queue")
        self._writer = _open(f"{database}.writer")

    def enter(self) -> None:
        end = time.monotonic() + PATIENCE
        with ExitStack() as stack:
            _take(self._queue, end)
            stack.callback(_give, self._queue)
            _take(self._writer, end)

    def leave(self) -> None:
        _give(self._writer)


def _has_file(database: str) -> bool:
    return sys.platform != "win32" and Path(database).parent.is_dir() and ":memory:" not in database


def _open(path: str) -> int:
    # A bare descriptor: it is meant to stay open for as long as the process lives.
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(file: int, end: float) -> None:
    """Look again and again: flock itself can wait for ever, but not for a while."""
    pause = _PAUSE
    while not _try_to_take(file):
        if time.monotonic() > end:
            raise DatabaseBusy(f"another process kept the database for {PATIENCE:.0f} s")
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _try_to_take(file: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _give(file: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_UN)
