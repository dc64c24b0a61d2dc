"""Every table that is folded from the log is compared with it: nothing in it can be damaged."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    Column,
    Date,
    Executable,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from core.columns import UtcDateTime
from core.config import Settings
from core.db import Base, reading, unit_of_work
from core.ids import new_id
from core.registry.discovery import discover
from core.registry.wiring import load_declarations

load_declarations(discover(Settings.from_environment().addons).values())
VIEWS = [table for table in Base.metadata.sorted_tables if table.info.get("view")]


def other(column: Column[Any], value: object) -> Any:
    """Return another value of the same kind."""
    match value:
        case None if isinstance(column.type, Date | UtcDateTime):
            moment = datetime(2026, 1, 1, tzinfo=UTC)
            return moment if isinstance(column.type, UtcDateTime) else moment.date()
        case bool():
            return not value
        case UUID():
            return new_id()
        case Decimal() | int():
            return value + 1000
        case datetime() | date():
            return value - timedelta(days=1)  # "never" is the last day there is
        case _:
            text = str(value or "")
            return f"{text[:-1]}{'y' if text.endswith('x') else 'x'}"  # no longer than it was


def plain_columns(table: Table) -> list[Column[Any]]:
    """Return the columns that hold nothing but a value."""
    return [c for c in table.columns if not (c.primary_key or c.foreign_keys or c.unique)]


def is_row(table: Table, row: dict[str, Any]) -> Any:
    return [column == row[column.name] for column in table.primary_key]


def lost(table: Table, row: dict[str, Any]) -> Iterator[Executable]:
    """Yield what deletes a row and, before it, what hangs on it."""
    for child in reversed(VIEWS):
        for key in child.foreign_keys:
            if key.column.table is table:
                yield delete(child).where(key.parent == row[key.column.name])
    yield delete(table).where(*is_row(table, row))


def twin(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a second row like this one, under another key."""
    keys = [c for c in table.constraints if isinstance(c, UniqueConstraint | PrimaryKeyConstraint)]
    alone = {c.name for key in keys for c in key.columns if not c.foreign_keys}
    return {
        name: other(table.c[name], value) if name in alone else value for name, value in row.items()
    }


def test_every_department_with_views_is_among_them():
    names = {table.name for table in VIEWS}

    assert {"core_deal", "core_deal_line", "core_deal_due", "core_deal_entry"} <= names
    assert {"finance_receivable", "warehouse_shipment", "warehouse_shipment_line"} <= names


@pytest.fixture
def names_the_table(app, doctor):
    """Damages one row of a table and returns what doctor says; it must name the table."""

    def harm(table: Table, *statements: Executable) -> str:
        with unit_of_work(app) as session:
            for statement in statements:
                session.execute(statement)
        sound, said = doctor()
        assert not sound, f"doctor did not see: {statements[-1]}"
        assert said.startswith(f"different: {table.name} "), said
        return said

    return harm


@pytest.fixture
def row_of(app, busy):
    """Any row of a table, in the company of the story."""

    def first(table: Table) -> dict[str, Any]:
        with reading(app) as session:
            row = session.execute(select(table).limit(1)).mappings().first()
        assert row is not None, f"the story fills no row of {table.name}"
        return dict(row)

    return first


@pytest.mark.parametrize("table", VIEWS, ids=lambda table: table.name)
def test_no_value_can_be_changed(app, row_of, names_the_table, doctor, table):
    # Given a sound company
    row = row_of(table)
    here = update(table).where(*is_row(table, row))
    assert doctor() == (True, "ok")

    for column in plain_columns(table):
        # When one value in one row is another, then doctor names the table and the field
        damage = here.values({column.name: other(column, row[column.name])})
        assert column.name in names_the_table(table, damage)

        # When it is mended, then all is well again
        with unit_of_work(app) as session:
            session.execute(here.values({column.name: row[column.name]}))
    assert doctor() == (True, "ok")


@pytest.mark.parametrize("table", VIEWS, ids=lambda table: table.name)
def test_no_row_can_be_added_or_lost(row_of, names_the_table, table):
    row = row_of(table)
    second = twin(table, row)

    names_the_table(table, insert(table).values(second))
    names_the_table(table, delete(table).where(*is_row(table, second)), *lost(table, row))


def test_stock_that_is_not_its_journal_is_found(app, busy, doctor):
    # Given stock that a bug, or somebody at the database, has changed
    from modules.warehouse.models import Stock

    with unit_of_work(app) as session:
        session.execute(update(Stock).values(quantity=Stock.quantity - 1))
        assert session.scalar(select(func.count()).select_from(Stock)) == 1

    # Then the warehouse's own check says which, and by how much
    sound, said = doctor()
    assert not sound
    assert said.startswith("different: warehouse stock of TEA")
    assert "7" in said
    assert "8" in said
