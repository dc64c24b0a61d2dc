"""Small pieces of SQL that several parts of the bus share."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    any_,
    bindparam,
)
from sqlalchemy.dialects import postgresql, sqlite

from bus.envelopes import Envelope
from bus.tables import ENVELOPE


def among(
    connection: Connection, column: Column[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """`column IN values`; one array on PostgreSQL, so that its plan is kept."""
    if connection.dialect.name != "postgresql":
        return column.in_(values)
    parameter = bindparam(None, list(values), type_=ARRAY(column.type), unique=True)
    return column == any_(parameter)


def upsert(connection: Connection, into: Table) -> Any:
    """An INSERT to which `on_conflict_do_…` can be said, in the database's own dialect."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(into)


def envelope(row: Row[Any] | Sequence[Any]) -> Envelope:
    """The envelope from a row that begins with the columns `ENVELOPE`."""
    return Envelope(**{column.name: row[place] for place, column in enumerate(ENVELOPE)})
