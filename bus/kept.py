"""A statement of every act and every delivery, compiled once and then run by the driver alone.

Of what such a statement costs, the database takes a tenth on SQLite and a half on PostgreSQL; the
rest is what SQLAlchemy does around it each time. Written and typed by SQLAlchemy it stays: only
its running is short. While something listens for statements, they run in SQLAlchemy's own way.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Parameters = Mapping[str, Any]
Convert = Callable[[Any], Any]


class Kept:
    """A statement with parameters by name; none of them is a list of unknown length.

    It begins no transaction: what writes is run in one that is open, or it would be committed
    alone. On errors of the database it raises what SQLAlchemy would.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement: Any = statement
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, parameters: Parameters) -> list[Any]:
        """Every row of the answer: a tuple that knows its columns by name."""
        if _is_watched(connection):
            return list(connection.execute(self._statement, dict(parameters)))
        form = self._form(connection.dialect)
        found: list[tuple[Any, ...]] = _run(connection, form, form.values(parameters), fetch=True)
        return form.read(found)

    def first(self, connection: Connection, parameters: Parameters) -> Any:
        """The first row, or None."""
        found = self.rows(connection, parameters)
        return found[0] if found else None

    def scalar(self, connection: Connection, parameters: Parameters) -> Any:
        """The first value of the first row, or None."""
        found = self.rows(connection, parameters)
        return found[0][0] if found else None

    def run(self, connection: Connection, parameters: Parameters | Sequence[Parameters]) -> None:
        """Run it, or run it for each of several; what it answers is not read."""
        several = [parameters] if isinstance(parameters, Mapping) else parameters
        if not several:
            return
        if _is_watched(connection):
            connection.execute(self._statement, [dict(each) for each in several])
            return
        form = self._form(connection.dialect)
        values = [form.values(each) for each in several]
        _run(connection, form, values if len(values) > 1 else values[0], many=len(values) > 1)

    def _form(self, dialect: Dialect) -> "_Form":
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form(self._statement, dialect)
        return form


class _Value(NamedTuple):
    """A parameter: what it is called, its value where it is fixed, and how it is written."""

    name: str
    fixed: Any
    is_fixed: bool
    write: Convert | None

    def of(self, parameters: Parameters) -> Any:
        """What the driver gets."""
        if self.is_fixed:
            return self.fixed
        value = parameters[self.name]
        return self.write(value) if self.write else value


class _Form:
    """The statement as one kind of database is told it, and its values there and back."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = cast("SQLCompiler", statement.compile(dialect=dialect))
        self.text = str(compiled)
        known = {name: _value(bind, name, dialect) for bind, name in compiled.bind_names.items()}
        self._places = compiled.positiontup
        self._values = [known[name] for name in self._places or known]
        columns = getattr(statement, "exported_columns", ())
        self._readers = [
            (place, read)
            for place, column in enumerate(columns)
            if (read := _reading(column.type, dialect))
        ]
        names = [column.key or "" for column in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
        self._row: Convert = row._make if columns else tuple

    def values(self, parameters: Parameters) -> Any:
        """What the driver gets: by place or by name, as it wants it."""
        if self._places is not None:
            return tuple([value.of(parameters) for value in self._values])
        return {value.name: value.of(parameters) for value in self._values}

    def read(self, found: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The rows as the program knows their values."""
        if not self._readers:
            return [self._row(row) for row in found]
        rows = []
        for each in found:
            row = list(each)
            for place, read in self._readers:
                row[place] = read(row[place])
            rows.append(self._row(row))
        return rows


def _value(bind: Any, name: str, dialect: Dialect) -> _Value:
    write = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return _Value(name, None, False, write)
    return _Value(name, write(bind.value) if write else bind.value, True, None)


def _reading(type_: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _is_watched(connection: Connection) -> bool:
    return bool(connection.engine.dispatch.before_cursor_execute)


def _run(
    connection: Connection, form: _Form, values: Any, *, many: bool = False, fetch: bool = False
) -> Any:
    driver: Any = connection.connection.driver_connection
    dialect: Any = connection.dialect
    cursor = driver.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(form.text, values)
        return cursor.fetchall() if fetch else None
    except dialect.loaded_dbapi.Error as error:
        raise _told(connection, form.text, values, error) from error
    finally:
        cursor.close()


def _told(connection: Connection, said: str, values: Any, error: Any) -> DBAPIError:
    """The error as SQLAlchemy tells it; a connection that is gone is not used again."""
    dialect: Any = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection, None)
    if is_gone:
        connection.invalidate(error)
    instance: Any = DBAPIError.instance
    told: DBAPIError = instance(
        said,
        values,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=dialect,
    )
    return told
