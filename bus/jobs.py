"""What is done again and again, such as every night: once, however many processes there are.

A job's next time stands in the database. Whoever finds it due puts it off under a row lock, and
only then runs it; so nobody else does, and if that process dies the job is due again after a
while.
"""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bus.kept import Kept
from bus.retries import told
from bus.rows import among_named
from bus.runtime import moment, named_moment, now_for, runtime
from bus.subscriptions import module_of
from bus.tables import bus_job

#: From the moment a job ends to the moment it is due again.
When = Callable[[datetime], datetime]
Work = Callable[[], None]

_log = logging.getLogger("bus")
_table = bus_job.c


@dataclass(frozen=True)
class Job:
    """Work that is done at certain times; it opens its own transactions."""

    name: str
    module: str
    when: When
    patience: timedelta
    work: Work
    #: What people call it, as a text or as one that is translated when it is shown.
    title: object = ""


declared_jobs: dict[str, Job] = {}


def every(interval: timedelta) -> When:
    """So long after the last time."""
    return lambda now: now + interval


def daily(at: time, zone: Callable[[], tzinfo]) -> When:
    """Every day at this hour of the company's own zone."""

    def next_time(now: datetime) -> datetime:
        here = now.astimezone(zone())
        due = datetime.combine(here.date(), at, here.tzinfo)
        return due if due > here else datetime.combine(due.date() + timedelta(1), at, due.tzinfo)

    return next_time


def job(
    name: str, when: When, *, patience: timedelta = timedelta(minutes=10), title: object = ""
) -> Callable[[Work], Work]:
    """Make a function a job.

    Parameters:
      patience: After this long a process that has begun it is taken for dead, and another one
        begins anew.
      title: What people call it on screens.
    """

    def register(work: Work) -> Work:
        declared_jobs[name] = Job(name, module_of(work) or "", when, patience, work, title)
        return work

    return register


def job_titles() -> dict[str, str]:
    """Return what people call each declared job that has a title."""
    return {each.name: str(each.title) for each in declared_jobs.values() if str(each.title)}


def install_jobs(connection: Connection) -> None:
    """Give every declared job that is new its first time."""
    known = set(connection.scalars(select(_table.name)))
    now = runtime().clock()
    rows = [
        {"name": each.name, "due_at": each.when(now)}
        for each in declared_jobs.values()
        if each.name not in known
    ]
    if rows:
        connection.execute(insert(bus_job), rows)


def run_jobs() -> list[str]:
    """Do what is due; returns the names of the jobs that were run here."""
    run = []
    while (name := _due()) is not None and (begun := _begin(name)) is not None:
        _run(declared_jobs[name], begun)
        run.append(name)
    return run


def is_job_due() -> bool:
    """Whether any job is due."""
    return _due() is not None


def _due() -> str | None:
    with runtime().looking() as connection:
        dialect = connection.dialect.name
        asked = {"names": sorted(declared_jobs), **now_for(dialect)}
        found: str | None = _first_due(dialect).scalar(connection, asked)
        return found


@cache
def _first_due(dialect: str) -> Kept:
    ours = among_named(dialect, _table.name, "names")
    due = _table.due_at <= named_moment(dialect)
    return Kept(select(_table.name).where(due, ours).limit(1))


def _begin(name: str) -> datetime | None:
    """Put the job off before it runs; None when another process was faster."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        free = select(_table.name).where(_table.name == name, _table.due_at <= moment(connection))
        if connection.scalar(free.with_for_update(skip_locked=True)) is None:
            return None
        begun = runtime().clock()
        _write(
            connection,
            name,
            begun_at=begun,
            host=f"{socket.gethostname()}/{os.getpid()}",
            due_at=moment(connection, declared_jobs[name].patience),
        )
        return begun


def _run(mine: Job, begun: datetime) -> None:
    error = None
    try:
        with runtime().surroundings():
            if mine.module in ("", "core", "bus") or _is_on(mine.module):
                mine.work()
    except Exception as failure:
        _log.exception("the job %s failed; it will run again", mine.name)
        error = told(failure)
    with runtime().unit_of_work() as session:
        connection = session.connection()
        # Another process may have begun anew, because this one took too long.
        if connection.scalar(select(_table.begun_at).where(_table.name == mine.name)) == begun:
            now = runtime().clock()
            _write(connection, mine.name, ended_at=now, due_at=mine.when(now), error=error)


def _is_on(module: str) -> bool:
    """Ask in a transaction that is over before the job opens its own."""
    with runtime().reading():
        return runtime().is_on(module)


def _write(connection: Connection, name: str, **values: Any) -> None:
    connection.execute(update(bus_job).where(_table.name == name).values(**values))
