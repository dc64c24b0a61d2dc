"""The database session, and the rules that make SQLite and PostgreSQL behave alike.

On SQLite one lock in the process orders the writers: `BEGIN IMMEDIATE` alone lets them
starve one another. A thread holds at most one connection, and a second write transaction in
the same thread is refused with an error instead of hanging for ever.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

from core.write_lock import DatabaseBusy, NestedWrite, WriteLock

_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of every table of core and modules; a table carries its package's prefix."""

    metadata = MetaData(naming_convention=_CONVENTION)


db = SQLAlchemy(model_class=Base)

__all__ = [
    "Base", "DatabaseBusy", "NestedWrite", "attach", "db", "dialect_name", "read_only", "reading",
    "unit_of_work", "upsert",
]  # fmt: skip

_read_only: ContextVar[bool] = ContextVar("lamplit_read_only", default=False)


_locks: dict[str, WriteLock] = {}
_locks_guard = threading.Lock()


def attach(engine: Engine) -> None:
    """Give the engine this project's transaction rules; once for each engine."""
    if engine.dialect.name == "sqlite":
        _attach_sqlite(engine)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _attach_sqlite(engine: Engine) -> None:
    with _locks_guard:
        database = str(engine.url.database)
        lock = _locks.get(database) or _locks.setdefault(database, WriteLock(database))

    def begin(connection: Connection) -> None:
        if _read_only.get():
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("PRAGMA query_only=ON")
            connection.info["query_only"] = True
            return
        if "write_lock" not in connection.info:  # kept until the connection is given back
            lock.acquire()
            connection.info["write_lock"] = lock
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", _give_back_sqlite)


def _connect_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA busy_timeout=10000")
    connection.create_function("lamplit_day", 2, _day_in, deterministic=True)


def _day_in(moment: str | None, zone: str) -> str | None:
    """Return the day of a stored moment in a zone: SQLite knows no zones (core.local_days)."""
    if moment is None:
        return None
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return utc.astimezone(ZoneInfo(zone)).date().isoformat()


def _give_back_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    if record.info.pop("query_only", False) and connection is not None:
        connection.execute("PRAGMA query_only=OFF")
    held = record.info.pop("write_lock", None)
    if held is not None:
        held.release()


def _begin_postgresql(connection: Connection) -> None:
    if _read_only.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def read_only(on: bool = True) -> Iterator[None]:
    """Make the transactions begun inside read-only (or, with False, writing again)."""
    token = _read_only.set(on)
    try:
        yield
    finally:
        _read_only.reset(token)


@contextmanager
def unit_of_work(app: Flask | None = None) -> Iterator[Session]:
    """Run a block in a write transaction of its own; commit at its end or roll all of it back.

    For workers, jobs and commands. A request has one already: its edge.

    Raises:
        NestedWrite: on SQLite, when this thread has a write transaction open.
    """
    target: Flask = app or current_app._get_current_object()  # type: ignore[attr-defined]
    with target.app_context(), read_only(False):
        try:
            yield db.session()
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def reading(app: Flask | None = None) -> Iterator[Session]:
    """Run a block in a short read-only transaction of its own."""
    target: Flask = app or current_app._get_current_object()  # type: ignore[attr-defined]
    with target.app_context(), read_only():
        yield db.session()
        db.session.rollback()


def dialect_name() -> str:
    """Return which database this is: "sqlite" or "postgresql"."""
    return db.session.get_bind().dialect.name


def upsert(into: type[Base] | Table, dialect: str = "") -> Any:
    """Return an INSERT to which `on_conflict_do_…` can be said, in the database's own dialect.

    A statement of every act is built once for each dialect and kept: building it takes longer
    than running it.
    """
    return (sqlite if (dialect or dialect_name()) == "sqlite" else postgresql).insert(into)
