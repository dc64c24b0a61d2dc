"""The database session, and the rules that make SQLite and PostgreSQL behave alike.

On SQLite one lock in the process orders the writers: `BEGIN IMMEDIATE` alone lets them
starve one another. A thread holds at most one connection, and a second write transaction in
the same thread is refused with an error instead of hanging for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from core.write_lock import DatabaseBusy, NestedWrite, WriteLock

if TYPE_CHECKING:
    import sqlite3

    import psycopg

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
    "Base", "DatabaseBusy", "NestedWrite", "attach", "attach_app", "connection", "db",
    "dialect_name", "looking", "noting", "read_only", "reading", "unit_of_work", "upsert",
]  # fmt: skip

_KEY = "connection"
_ENGINE, _LOOKING = "lamplit_engine", "lamplit_engine_for_looks"
_read_only: ContextVar[bool] = ContextVar("lamplit_read_only", default=False)
_is_passing: ContextVar[bool] = ContextVar("lamplit_passing", default=False)


_locks: dict[str, WriteLock] = {}
_locks_guard = threading.Lock()


def attach_app(app: Flask) -> None:
    """Give the engine of an application this project's rules, and keep it at hand."""
    with app.app_context():
        engine = db.engine
    attach(engine)
    looking = engine
    if engine.dialect.name == "postgresql":  # where a transaction costs two more questions
        looking = engine.execution_options(isolation_level="AUTOCOMMIT")
    app.extensions |= {_ENGINE: engine, _LOOKING: looking}


def attach(engine: Engine) -> None:
    """Give the engine this project's transaction rules; once for each engine.

    By the dialect and not by an event: where anything listens to an engine, every statement looks
    for listeners, and an event would say BEGIN at the price of a statement.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    begin: Any = _attach_sqlite(engine) if is_sqlite else _begin_postgresql
    engine.dialect.do_begin = begin  # type: ignore[method-assign]


def _attach_sqlite(engine: Engine) -> Callable[[PoolProxiedConnection], None]:
    with _locks_guard:
        database = str(engine.url.database)
        lock = _locks.get(database) or _locks.setdefault(database, WriteLock(database))

    def begin(pooled: PoolProxiedConnection) -> None:
        driver, info = cast("sqlite3.Connection", pooled.driver_connection), pooled.info
        reads = _read_only.get()
        if not reads and "write_lock" not in info:  # kept until the connection is given back
            lock.acquire()
            info["write_lock"] = lock
        if info.get("query_only", False) is not reads:
            driver.execute(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
            info["query_only"] = reads
        passing = _is_passing.get()
        if info.get("passing", False) is not passing:  # its commit does not wait for the disk
            driver.execute(f"PRAGMA synchronous={'NORMAL' if passing else 'FULL'}")
            info["passing"] = passing
        driver.execute("BEGIN" if reads else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "checkin", _give_back_sqlite)
    return begin


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


def _give_back_sqlite(_connection: Any, record: ConnectionPoolEntry) -> None:
    held = record.info.pop("write_lock", None)
    if held is not None:
        held.release()


def _begin_postgresql(pooled: PoolProxiedConnection) -> None:
    """Say which kind it is; the driver sends BEGIN with it before the first statement."""
    driver = cast("psycopg.Connection[Any]", pooled.driver_connection)
    if driver.read_only is not _read_only.get():
        driver.read_only = _read_only.get()


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


@contextmanager
def noting(app: Flask) -> Iterator[Connection]:
    """Run a block in a write transaction of its own that knows no models, without a session.

    For notes of the moment: on SQLite, the last ones may be lost when the power fails.

    Raises:
        NestedWrite: on SQLite, when this thread has a write transaction open.
    """
    engine: Engine = app.extensions[_ENGINE]
    token = _is_passing.set(True)
    try:
        with read_only(False), engine.begin() as opened:
            yield opened
    finally:
        _is_passing.reset(token)


@contextmanager
def looking(app: Flask) -> Iterator[Connection]:
    """Run a block whose every statement sees what is committed by then, without a session."""
    engine: Engine = app.extensions[_LOOKING]
    with read_only(), engine.connect() as opened:
        yield opened


def connection() -> Connection:
    """Return the connection of the open transaction, kept: the session looks long for it."""
    session = db.session()
    found: Connection | None = session.info.get(_KEY)
    if found is None:
        found = session.info[_KEY] = session.connection()
    return found


def _forget_connection(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)


event.listen(Session, "after_transaction_end", _forget_connection)


def dialect_name() -> str:
    """Return which database this is: "sqlite" or "postgresql"."""
    return db.session.get_bind().dialect.name


def upsert(into: type[Base] | Table, dialect: str = "") -> Any:
    """Return an INSERT to which `on_conflict_do_…` can be said, in the database's own dialect.

    A statement of every act is built once for each dialect and kept: building it takes longer
    than running it.
    """
    return (sqlite if (dialect or dialect_name()) == "sqlite" else postgresql).insert(into)
