"""Small pieces of SQL that several parts of the bus share.

A statement that runs for every event is built once for each dialect and kept, with parameters by
name: building it anew takes longer than running it.
"""

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


def among_named(dialect: str, column: Column[Any], name: str) -> ColumnElement[bool]:
    """The same for a statement that is kept: the values come under this name."""
    if dialect != "postgresql":
        return column.in_(bindparam(name, expanding=True))
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def upsert(dialect: str, into: Table) -> Any:
    """An INSERT to which `on_conflict_do_…` can be said, in the database's own dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(into)


def envelope(row: Row[Any] | Sequence[Any]) -> Envelope:
    """The envelope from a row that begins with the columns `ENVELOPE`."""
    return Envelope(**{column.name: row[place] for place, column in enumerate(ENVELOPE)})
