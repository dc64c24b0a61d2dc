"""A database of its own, into which a module's handlers write once more what the log tells them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, StaticPool

from bus.envelopes import Envelope
from bus.hearing import hear_again
from core.company import CompanyRow
from core.db import Base, db


class Shadow:
    """The tables of the company, empty at first; nobody but the doctor knows of it.

    It is an SQLite database also beside PostgreSQL: in memory, or in a file that outlives the
    process. Handlers write the same rows on both.
    """

    def __init__(self, app: Flask, path: Path | None = None) -> None:
        self._app = Flask("shadow")
        self._app.config.update(
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{path or ''}",
            SQLALCHEMY_ENGINE_OPTIONS={
                "poolclass": NullPool if path else StaticPool,
                "connect_args": {"check_same_thread": False},
            },
        )
        self._app.extensions["lamplit_modules"] = app.extensions["lamplit_modules"]
        db.init_app(self._app)

    def create(self) -> None:
        """Make its tables; what handlers ask of the company's settings is copied from the caller's.

        The caller has a transaction on the company's own database. The tables are made in one
        transaction, too: SQLite would otherwise wait for the disk after each.
        """
        row = db.session.execute(select(*_COMPANY.columns)).mappings().one_or_none()
        with self._app.app_context():
            connection = db.session.connection()
            connection.exec_driver_sql("BEGIN")
            Base.metadata.create_all(connection)
            if row is not None:
                db.session.execute(insert(_COMPANY), [dict(row)])
            db.session.commit()

    def hear(self, module: str, events: Sequence[Envelope]) -> None:
        """Let the module hear events once more, in one transaction of the shadow."""
        with self.hearing(module, events):
            pass

    @contextmanager
    def hearing(self, module: str, events: Sequence[Envelope]) -> Iterator[Session]:
        """The same, and what the block writes belongs to that transaction."""
        with self.open() as session:
            if events:
                hear_again(module, list(events))
            yield session
            session.commit()

    @contextmanager
    def open(self) -> Iterator[Session]:
        """A session on the shadow, while the block runs."""
        with self._app.app_context():
            yield db.session()


def view_tables(module: str) -> list[Table]:
    """Return the tables that only this module's handlers write; what is pointed to comes first.

    Of the core's only those that say so: a deal is folded by whoever publishes.
    """
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.info.get("view") and table.name.startswith(f"{module}_")
        if module != "core" or table.info.get("heard")
    ]


_COMPANY: Table = Base.metadata.tables[CompanyRow.__tablename__]
