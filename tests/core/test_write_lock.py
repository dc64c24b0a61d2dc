"""The turns of those who write one SQLite file."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.write_lock import DatabaseBusy, WriteLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no flock")

_HOLDER = """
import sys
from core.write_lock import WriteLock
lock = WriteLock(sys.argv[1])
lock.acquire()
print("has it", flush=True)
sys.stdin.read()
lock.release()
print("gave it back", flush=True)
"""


@contextmanager
def another_process(database: str) -> Iterator["subprocess.Popen[str]"]:
    """One that has the lock, and gives it back when nothing more can be read by it."""
    command = [sys.executable, "-c", _HOLDER, database]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "has it\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_process_that_stands_still_does_not_hold_writers_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("core.write_lock.PATIENCE", 0.2)
    database = str(tmp_path / "lamplit.sqlite3")
    lock = WriteLock(database)

    with another_process(database) as other:
        other.send_signal(signal.SIGSTOP)
        for _again in range(2):  # nothing is left locked by who gave up
            with pytest.raises(DatabaseBusy, match="another process"):
                lock.acquire()

    lock.acquire()
    lock.release()


def test_one_who_waits_writes_as_soon_as_the_other_process_is_done(tmp_path):
    database = str(tmp_path / "lamplit.sqlite3")
    lock = WriteLock(database)

    with another_process(database) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.close()
        lock.acquire()
        assert other.stdout.readline() == "gave it back\n"
        lock.release()
