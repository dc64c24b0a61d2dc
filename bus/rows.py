"""Small pieces of SQL that several parts of the bus share.

A statement that runs for every event is built once for each dialect and kept, with parameters by
name: building it anew takes longer than running it.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Table,
    Text,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

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


def among_named(dialect: str, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The same for a statement that is kept: the values come as one list under this name."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    listed = func.json_each(bindparam(name, type_=_Listed(column.type))).table_valued("value")
    return column.in_(select(listed.c.value))


class _Listed(TypeDecorator[Collection[Any]]):
    """Values of a column as one parameter, which SQLite reads as rows."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> str:
        write = self.of.dialect_impl(dialect).bind_processor(dialect)
        return json.dumps([write(each) if write else each for each in value or ()])


def by_name(*names: str) -> dict[str, BindParameter[Any]]:
    """Values for these columns that come under their own names, for a statement that is kept."""
    return {name: bindparam(name) for name in names}


def upsert(dialect: str, into: Table) -> Any:
    """An INSERT to which `on_conflict_do_…` can be said, in the database's own dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(into)


def envelope(row: Row[Any] | Sequence[Any]) -> Envelope:
    """The envelope from a row that begins with the columns `ENVELOPE`."""
    return Envelope(**{column.name: row[place] for place, column in enumerate(ENVELOPE)})
