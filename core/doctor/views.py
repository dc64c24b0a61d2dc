"""Replay the log into an empty shadow of a module's views and compare them row by row."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import Table, select
from sqlalchemy.pool import StaticPool

from bus.history import heard
from bus.waves import hand_over
from core.company import CompanyRow
from core.db import Base, db
from core.doctor.comparison import Difference, Values, first_difference
from core.registry.discovery import Installed


def difference(app: Flask, module: Installed) -> Difference | None:
    """Return the first row of the module's views that the log does not give.

    What the module has not taken in yet is left out of the replay: it is missing from the views,
    too.
    """
    tables = view_tables(module.name)
    if not tables:
        return None
    shadow = _shadow_app(app)
    with shadow.app_context():
        Base.metadata.create_all(db.engine)
    _copy_company(shadow)
    for batch in heard(module.name):
        with shadow.app_context():
            hand_over(module.name, batch, replaying=True, rebuilding=True)
            db.session.commit()
    return _compare(shadow, tables)


def view_tables(module: str) -> list[Table]:
    """Return the tables that only this module's handlers write."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.info.get("view") and table.name.startswith(f"{module}_")
    ]


def _shadow_app(app: Flask) -> Flask:
    shadow = Flask("shadow")
    shadow.config.update(
        SQLALCHEMY_DATABASE_URI="sqlite://",
        SQLALCHEMY_ENGINE_OPTIONS={
            "poolclass": StaticPool,
            "connect_args": {"check_same_thread": False},
        },
    )
    shadow.extensions["lamplit_modules"] = app.extensions["lamplit_modules"]
    db.init_app(shadow)
    return shadow


def _copy_company(shadow: Flask) -> None:
    row = db.session.execute(select(*CompanyRow.__table__.columns)).mappings().one_or_none()
    if row is not None:
        with shadow.app_context():
            db.session.execute(CompanyRow.__table__.insert(), [dict(row)])  # type: ignore[attr-defined]
            db.session.commit()


def _compare(shadow: Flask, tables: Sequence[Table]) -> Difference | None:
    for table in tables:
        key = tuple(column.name for column in table.primary_key)
        with shadow.app_context():
            anew = {tuple(row[k] for k in key): row for row in _rows(table)}
        found = _against(table.name, key, _rows(table), anew)
        if found is not None:
            return found
    return None


def _rows(table: Table) -> Iterator[Values]:
    query = select(table).execution_options(yield_per=1000)
    # At the first difference the rest is not read: the database must not keep it waiting.
    with db.session.execute(query) as found:
        for row in found.mappings():
            yield dict(row)


def _against(
    table: str, key: tuple[str, ...], stored: Iterator[Values], anew: dict[tuple[Any, ...], Values]
) -> Difference | None:
    for row in stored:
        place = tuple(row[k] for k in key)
        rebuilt = anew.pop(place, None)
        found = first_difference(table, key, [row], [rebuilt] if rebuilt is not None else [])
        if found is not None:
            return found
    for row in anew.values():
        return Difference(table, "row", None, "/".join(str(row[k]) for k in key))
    return None
