"""A row and the rows that belong to it, read and written together as plain values.

One deal that changes and a hundred thousand imported ones are both read by one statement for each
table and written by a few.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.orm.util import identity_key

from core.db import Base, db
from core.plain import Key, PlainRows, Values

M = TypeVar("M", bound=Base)
Stored = dict[Table, dict[Key, Values]]


class Part:
    """Rows that belong to another: the attribute that holds them, and by what they are ordered."""

    def __init__(self, name: str, model: type[Base], order: str) -> None:
        self.name, self.order = name, order
        self.rows: PlainRows[Any] = PlainRows(model)

    @cached_property
    def owner(self) -> str:
        """What says whose they are."""
        columns: Iterable[tuple[str, Any]] = self.rows.model.__mapper__.columns.items()
        return next(name for name, column in columns if column.foreign_keys)


class Aggregate(Generic[M]):
    """How a model with one key column is read and written with its parts.

    Each plain one keeps in `stored` what the database holds of it: rows by table and key.
    """

    def __init__(self, model: type[M], *parts: Part) -> None:
        self._parts = parts
        self._root = PlainRows(model, *(part.name for part in parts), "stored")
        (self._key,) = self._root.keys

    def new(self, **values: Any) -> M:
        """Return a new one without parts, which `write` will insert."""
        made: M = self._with_parts(self._root.like(**values))
        return made

    def read(self, by: str, wanted: Collection[Any], *, lock: bool = False) -> dict[UUID, M]:
        """Return by key those of which a column has one of these values.

        Locked in the order of their keys, they stay so until the transaction ends.
        """
        rows = self._root.read(by, wanted, self._key, lock=lock)
        found = {getattr(row, self._key): self._with_parts(row) for row in rows}
        for part in self._parts if found else ():
            for row in part.rows.read(part.owner, found, part.order):
                getattr(found[getattr(row, part.owner)], part.name).append(row)
        for one in found.values():
            one.stored = self._rows(one)
        return found

    def write(self, ones: Iterable[M]) -> None:
        """Write what has become of new ones and of those that were read."""
        written: list[Any] = list(ones)
        becoming = [(one.stored, self._rows(one)) for one in written]
        for rows in (self._root, *(part.rows for part in self._parts)):
            _write(rows, becoming)
        for one, (_before, after) in zip(written, becoming, strict=True):
            one.stored = after
            self._expire(one)

    def delete(self, ones: Iterable[M]) -> None:
        """Delete ones that were read, their parts first."""
        gone: list[Any] = list(ones)
        for rows in (*(part.rows for part in self._parts), self._root):
            _write(rows, [(one.stored, {}) for one in gone])

    def _with_parts(self, row: Any) -> Any:
        for part in self._parts:
            setattr(row, part.name, [])
        row.stored = {}
        return row

    def _rows(self, one: Any) -> Stored:
        own = {self._root.table: self._root.stored([one])}
        return own | {
            part.rows.table: part.rows.stored(getattr(one, part.name)) for part in self._parts
        }

    def _expire(self, one: Any) -> None:
        """Let whoever has read it otherwise in this transaction read it again."""
        if known := db.session.identity_map:
            mapped = known.get(identity_key(self._root.model, getattr(one, self._key)))
            if mapped is not None:
                db.session.expire(mapped)


def _write(rows: PlainRows[Any], becoming: Iterable[tuple[Stored, Stored]]) -> None:
    before: dict[Key, Values] = {}
    after: dict[Key, Values] = {}
    for old, new in becoming:
        before |= old.get(rows.table, {})
        after |= new.get(rows.table, {})
    rows.write(before, after)
