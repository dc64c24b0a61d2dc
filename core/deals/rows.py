"""Deals as they are read under their locks, folded, and written back: as plain values, set-wise.

A mapped class watches every assignment and is written row by row. One deal that changes and a
hundred thousand imported ones are both read by four statements and written by a few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, insert, select, tuple_, update
from sqlalchemy import delete as delete_from
from sqlalchemy.orm.util import identity_key

from core.db import Base, db
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine

Values = dict[str, Any]


class _Plain:
    """Has the attributes of a model and nothing else."""

    __slots__ = ()

    def __init__(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)


def _like(model: type[Base], *more: str) -> Any:
    slots = (*model.__table__.columns.keys(), *more)
    return type(f"Plain{model.__name__}", (_Plain,), {"__slots__": slots})


@dataclass(frozen=True)
class Rows:
    """The classes of a deal and its parts."""

    deal: type[Deal]
    line: type[DealLine]
    due: type[DealDue]
    concern: type[DealConcern]
    entry: type[DealEntry]


#: `stored` is what the database holds of a deal: its rows by table and key.
PLAIN = Rows(
    deal=_like(Deal, "lines", "dues", "concerns", "stored"),
    line=_like(DealLine),
    due=_like(DealDue),
    concern=_like(DealConcern),
    entry=_like(DealEntry),
)


class _Part(NamedTuple):
    """A table that a deal's rows are in; the deal's own has no name."""

    name: str
    plain: Any
    table: Table
    order: str


_PARTS = (
    _Part("", PLAIN.deal, cast("Table", Deal.__table__), "id"),
    _Part("lines", PLAIN.line, cast("Table", DealLine.__table__), "position"),
    _Part("dues", PLAIN.due, cast("Table", DealDue.__table__), "position"),
    _Part("concerns", PLAIN.concern, cast("Table", DealConcern.__table__), "raised_at"),
)
_ENTRY = cast("Table", DealEntry.__table__)


def read_locked(which: ColumnElement[bool]) -> dict[UUID, Deal]:
    """Return deals with all their parts; the rows stay locked until the transaction ends."""
    deals: dict[UUID, Any] = read(which, lock=True)
    for deal in deals.values():
        deal.stored = {part.table: _rows(part, deal) for part in _PARTS}
    return deals


def read(which: ColumnElement[bool], *, lock: bool = False) -> dict[UUID, Deal]:
    """Return deals with all their parts."""
    connection, found = db.session.connection(), dict[UUID, Any]()
    own, *parts = _PARTS
    query = select(own.table).where(which).order_by(own.table.c.id)
    if lock:
        query = query.with_for_update()
    for row in connection.execute(query).mappings():
        found[row["id"]] = PLAIN.deal(**row, lines=[], dues=[], concerns=[])
    for part in parts if found else ():
        query = select(part.table).where(part.table.c.deal_id.in_(found))
        for row in connection.execute(query.order_by(part.table.c[part.order])).mappings():
            getattr(found[row["deal_id"]], part.name).append(part.plain(**row))
    return found


def write(deals: Iterable[Deal], entries: Iterable[DealEntry]) -> None:
    """Write what folding has made of new and of locked deals, and the entries that tell of it."""
    folded: list[Any] = list(deals)
    for part in _PARTS:
        before: dict[Any, Values] = {}
        after: dict[Any, Values] = {}
        for deal in folded:
            before |= deal.stored.get(part.table, {})
            deal.stored[part.table] = _rows(part, deal)
            after |= deal.stored[part.table]
        _write_difference(part.table, before, after)
    _insert(_ENTRY, [_values(_ENTRY, each) for each in entries])
    for deal in folded:  # whoever has read it otherwise in this transaction reads it again
        if (mapped := db.session.identity_map.get(identity_key(Deal, deal.id))) is not None:
            db.session.expire(mapped)


def _rows(part: _Part, deal: Any) -> dict[Any, Values]:
    keys = part.table.primary_key.columns.keys()
    rows = getattr(deal, part.name) if part.name else [deal]
    return {tuple(getattr(row, key) for key in keys): _values(part.table, row) for row in rows}


def _values(table: Table, row: object) -> Values:
    return {name: getattr(row, name, None) for name in _names(table)}


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _write_difference(table: Table, before: dict[Any, Values], after: dict[Any, Values]) -> None:
    _insert(table, [row for key, row in after.items() if key not in before])
    _update(table, [(before[key], row) for key, row in after.items() if key in before])
    if gone := before.keys() - after.keys():
        key_columns = tuple_(*table.primary_key.columns)
        db.session.connection().execute(delete_from(table).where(key_columns.in_(gone)))


def _insert(table: Table, rows: list[Values]) -> None:
    if rows:
        db.session.connection().execute(insert(table), rows)


def _update(table: Table, pairs: list[tuple[Values, Values]]) -> None:
    """Write the columns that differ in any of these rows."""
    changed = [(old, new) for old, new in pairs if old != new]
    names = [n for n in _names(table) if any(old[n] != new[n] for old, new in changed)]
    if not names:
        return
    keys = table.primary_key.columns.keys()
    statement = (
        update(table)
        .where(*(table.c[key] == bindparam(f"of_{key}") for key in keys))
        .values({name: bindparam(name) for name in names})
    )
    rows = [
        {**{f"of_{key}": new[key] for key in keys}, **{name: new[name] for name in names}}
        for _old, new in changed
    ]
    db.session.connection().execute(statement, rows)
