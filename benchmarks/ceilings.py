"""What the machine can do without us: numbers, commits, messages."""

import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TextIO, cast

import psycopg
from bench import RAW_COMMITS, RAW_MESSAGES, Bench
from dramatiq import Worker
from dramatiq.brokers.stub import StubBroker
from measured import Measured, rate
from raw_messages import QUEUE, THREADS, declared, redis_broker


def python_speed() -> float:
    """Return how many sums of ten thousand numbers the machine makes in a second, at present."""
    return rate(300, lambda: sum(range(10_000)))


def ceilings(bench: Bench, _company: Measured | None = None) -> None:
    """Measure them; every other figure of the run stands beside one of these."""
    bench.note("python: sums of ten thousand numbers", python_speed(), "/s")
    times = bench.times(2000)
    if bench.is_scaled:
        bench.note(RAW_COMMITS, _postgresql_commits(bench.settings.database_url, times), "/s")
        bench.note(RAW_MESSAGES, _redis_messages(bench.settings.redis_url, 10 * times), "/s")
    else:
        bench.note(RAW_COMMITS, _sqlite_commits(times), "/s")
        bench.note(RAW_MESSAGES, _local_messages(10 * times), "/s")


def _postgresql_commits(url: str, times: int) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table ceiling (n bigint)")
        insert = "insert into ceiling values (1)"
        found = rate(times, lambda: connection.execute(insert))
        connection.execute("drop table ceiling")
        return found


def _sqlite_commits(times: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlite3.connect(Path(folder) / "ceiling", isolation_level=None)
        raw.execute("pragma journal_mode=wal")
        raw.execute("pragma synchronous=full")
        raw.execute("create table ceiling (n bigint)")
        found = rate(times, lambda: raw.execute("insert into ceiling values (1)"))
        raw.close()
        return found


def _redis_messages(url: str, count: int) -> float:
    """Empty messages through Dramatiq and Redis to two processes; sending is not counted."""
    broker = redis_broker(url)
    empty = declared(broker)
    for _ in range(count):
        empty.send()
    script = str(Path(__file__).with_name("raw_messages.py"))
    command = [sys.executable, script, url]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for process in processes:
        cast("TextIO", process.stdout).readline()  # it is ready
    begun = time.perf_counter()
    for process in processes:
        stdin = cast("TextIO", process.stdin)
        stdin.write("go\n")
        stdin.flush()
    broker.join(QUEUE, interval=10)
    found = count / (time.perf_counter() - begun)
    for process in processes:
        process.communicate("stop\n", timeout=30)
    broker.close()
    return found


def _local_messages(count: int) -> float:
    """The same within this process, through Dramatiq's own broker of that kind."""
    broker = StubBroker(middleware=[])
    empty = declared(broker)
    for _ in range(count):
        empty.send()
    worker = Worker(broker, worker_threads=THREADS)
    begun = time.perf_counter()
    worker.start()
    broker.join(QUEUE)
    found = count / (time.perf_counter() - begun)
    worker.stop()
    return found
