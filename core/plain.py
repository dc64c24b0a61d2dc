"""Rows of a table as plain values, read and written set-wise by statements that are built once.

A mapped class watches every assignment and is written row by row, and building a statement takes
longer than running it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, bindparam, select
from sqlalchemy import delete as delete_from
from sqlalchemy import insert as insert_into
from sqlalchemy import update as update_in

from core.db import Base, db

M = TypeVar("M", bound=Base)
Key = tuple[Any, ...]
Values = dict[str, Any]


class _Plain:
    """Has the columns and the properties of a model and nothing else."""

    __slots__ = ()
    _blank: Mapping[str, None]

    def __init__(self, **values: Any) -> None:
        for name, value in {**self._blank, **values}.items():
            setattr(self, name, value)


def _like(model: type[M], more: Iterable[str]) -> type[M]:
    names = (*_table(model).columns.keys(), *more)
    body: dict[str, Any] = {
        name: value for name, value in vars(model).items() if isinstance(value, property)
    }
    body |= {"__slots__": names, "_blank": dict.fromkeys(names)}
    return cast("type[M]", type(f"Plain{model.__name__}", (_Plain,), body))


class PlainRows(Generic[M]):
    """The rows of a model's table; `like` is their class, which may hold `more` than columns."""

    def __init__(self, model: type[M], *more: str) -> None:
        self.model, self.like = model, _like(model, more)
        self.table = _table(model)
        self.keys = self.table.primary_key.columns.keys()
        self._names = self.table.columns.keys()

    def read(
        self, by: str, wanted: Collection[Any], *order: str, lock: bool = False
    ) -> Iterator[M]:
        """Yield the rows of which a column has one of these values, locked if that is asked."""
        # Nearly always it is one, and a list of parameters costs a third more.
        one, values = len(wanted) == 1, list(wanted)
        statement = _reading(self.table, by, order, lock, one)
        for row in _connection().execute(statement, {"wanted": values[0] if one else values}).all():
            yield self.like(**dict(zip(self._names, row, strict=True)))

    def stored(self, rows: Iterable[M]) -> dict[Key, Values]:
        """Return what the database is to hold of these, by key."""
        return {
            tuple(getattr(row, key) for key in self.keys): {
                name: getattr(row, name) for name in self._names
            }
            for row in rows
        }

    def insert(self, rows: Iterable[M]) -> None:
        """Write new rows."""
        self.write({}, self.stored(rows))

    def write(self, before: Mapping[Key, Values], after: Mapping[Key, Values]) -> None:
        """Insert, update and delete what differs."""
        if news := [row for key, row in after.items() if key not in before]:
            _connection().execute(_inserting(self.table), news)
        self._update([(before[key], row) for key, row in after.items() if key in before])
        if gone := before.keys() - after.keys():
            _connection().execute(_deleting(self.table), [self._of(before[key]) for key in gone])

    def _update(self, pairs: Iterable[tuple[Values, Values]]) -> None:
        """Write the columns that differ in any of these rows."""
        changed = [(old, new) for old, new in pairs if old != new]
        names = [n for n in self._names if any(old[n] != new[n] for old, new in changed)]
        if names:
            rows = [self._of(new) | {name: new[name] for name in names} for _old, new in changed]
            _connection().execute(_updating(self.table, tuple(names)), rows)

    def _of(self, row: Values) -> Values:
        return {f"of_{key}": row[key] for key in self.keys}


def _connection() -> Connection:
    return db.session.connection()


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


@cache
def _reading(table: Table, by: str, order: tuple[str, ...], lock: bool, one: bool) -> Select[Any]:
    column = table.c[by]
    wanted = (
        column == bindparam("wanted") if one else column.in_(bindparam("wanted", expanding=True))
    )
    statement = select(table).where(wanted).order_by(*(table.c[name] for name in order))
    return statement.with_for_update() if lock else statement


@cache
def _inserting(table: Table) -> Insert:
    return insert_into(table)


@cache
def _updating(table: Table, names: tuple[str, ...]) -> Update:
    changes: dict[str, Any] = {name: bindparam(name) for name in names}
    return update_in(table).where(*_is_of(table)).values(changes)


@cache
def _deleting(table: Table) -> Delete:
    return delete_from(table).where(*_is_of(table))


def _is_of(table: Table) -> Iterator[Any]:
    return (column == bindparam(f"of_{column.key}") for column in table.primary_key.columns)
