"""Rows of a table as plain values, read and written set-wise by statements that are built once.

A mapped class watches every assignment and is written row by row, and building a statement takes
longer than running it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update

from bus.kept import Kept
from bus.rows import among_named
from core.db import Base, connection, dialect_name

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
    names = (*model.__mapper__.columns.keys(), *more)
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
        columns = model.__mapper__.columns
        self.keys = [name for name, column in columns.items() if column.primary_key]
        self._names = columns.keys()

    def read(
        self, by: str, wanted: Collection[Any], *order: str, lock: bool = False
    ) -> Iterator[M]:
        """Yield the rows of which a column has one of these values, locked if that is asked."""
        # Nearly always it is one, and a list of parameters costs a third more.
        one, values = len(wanted) == 1, list(wanted)
        statement = _reading(self.model, by, order, dialect_name(), lock=lock, one=one)
        for row in statement.rows(connection(), {"wanted": values[0] if one else values}):
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
            _inserting(self.model).run(connection(), news)
        self._update([(before[key], row) for key, row in after.items() if key in before])
        if gone := before.keys() - after.keys():
            _deleting(self.model).run(connection(), [self._of(before[key]) for key in gone])

    def _update(self, pairs: Iterable[tuple[Values, Values]]) -> None:
        """Write the columns that differ in any of these rows."""
        changed = [(old, new) for old, new in pairs if old != new]
        names = [n for n in self._names if any(old[n] != new[n] for old, new in changed)]
        if names:
            rows = [self._of(new) | {name: new[name] for name in names} for _old, new in changed]
            _updating(self.model, tuple(names)).run(connection(), rows)

    def _of(self, row: Values) -> Values:
        return {f"of_{key}": row[key] for key in self.keys}


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


@cache
def _reading(
    model: type[Base], by: str, order: tuple[str, ...], dialect: str, *, lock: bool, one: bool
) -> Kept:
    columns = model.__mapper__.columns
    name = "wanted"
    wanted = columns[by] == bindparam(name) if one else among_named(dialect, columns[by], name)
    statement = select(*columns).where(wanted).order_by(*(columns[name] for name in order))
    return Kept(statement.with_for_update() if lock else statement)


@cache
def _inserting(model: type[Base]) -> Kept:
    values = {column: bindparam(name, type_=column.type) for name, column in _columns(model)}
    return Kept(insert(_table(model)).values(values))


@cache
def _updating(model: type[Base], names: tuple[str, ...]) -> Kept:
    changes: dict[Any, Any] = {
        column: bindparam(name) for name, column in _columns(model) if name in names
    }
    return Kept(update(_table(model)).where(*_is_of(model)).values(changes))


@cache
def _deleting(model: type[Base]) -> Kept:
    return Kept(delete(_table(model)).where(*_is_of(model)))


def _is_of(model: type[Base]) -> Iterator[Any]:
    return (
        column == bindparam(f"of_{name}") for name, column in _columns(model) if column.primary_key
    )


def _columns(model: type[Base]) -> Iterable[tuple[str, Any]]:
    """The columns by the names of their attributes, which are not always their own."""
    return model.__mapper__.columns.items()
