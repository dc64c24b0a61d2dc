"""Put a module's views right from their shadow: only the rows that differ are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Table, bindparam, delete, insert, update

from core.db import db
from core.doctor.comparison import Values
from core.doctor.shadow import Shadow
from core.doctor.views import key_of, rows_of


@dataclass
class Change:
    """What is not as it should be in one table."""

    table: Table
    surplus: list[Values] = field(default_factory=list)
    wrong: list[Values] = field(default_factory=list)
    missing: list[Values] = field(default_factory=list)
    #: How many rows it has when it is right.
    rows: int = 0

    @property
    def count(self) -> int:
        """How many rows are written."""
        return len(self.surplus) + len(self.wrong) + len(self.missing)

    def take_in(self, other: "Change") -> None:
        """Add what another part of the same table needs."""
        self.surplus += other.surplus
        self.wrong += other.wrong
        self.missing += other.missing
        self.rows += other.rows


def take_over(shadow: Shadow, tables: Sequence[Table]) -> list[Change]:
    """Make the tables what their shadows are, in the caller's transaction.

    Parameters:
      tables: What is pointed to comes before what points to it.
    """
    changes = [compared(table, rows_of(table), _anew(shadow, table)) for table in tables]
    put_right(changes)
    return changes


def put_right(changes: Sequence[Change]) -> None:
    """Write what is not as it should be; what is pointed to comes first."""
    for change in reversed(changes):
        _delete(change)
    for change in changes:
        _write(change)


def _anew(shadow: Shadow, table: Table) -> list[Values]:
    with shadow.open():
        return list(rows_of(table))


def compared(table: Table, stored: Iterable[Values], right: Iterable[Values]) -> Change:
    """Return what makes of the stored rows the right ones."""
    change = Change(table)
    anew = {key_of(table, row): row for row in right}
    change.rows = len(anew)
    for row in stored:
        rebuilt = anew.pop(key_of(table, row), None)
        if rebuilt is None:
            change.surplus.append(row)
        elif rebuilt != row:
            change.wrong.append(rebuilt)
    change.missing = list(anew.values())
    return change


def _delete(change: Change) -> None:
    if change.surplus:
        key = [column == bindparam(f"old_{column.name}") for column in change.table.primary_key]
        _run(delete(change.table).where(*key), _named(change.table, change.surplus))


def _write(change: Change) -> None:
    table = change.table
    if change.wrong:
        key = [column == bindparam(f"old_{column.name}") for column in table.primary_key]
        rows = zip(_named(table, change.wrong), change.wrong, strict=True)
        _run(update(table).where(*key), [{**row, **old} for old, row in rows])
    if change.missing:
        _run(insert(table), change.missing)


def _named(table: Table, rows: Sequence[Values]) -> list[Values]:
    names = [column.name for column in table.primary_key]
    return [{f"old_{name}": row[name] for name in names} for row in rows]


def _run(statement: object, rows: Sequence[Values]) -> None:
    db.session.connection().execute(statement, [dict(row) for row in rows])  # type: ignore[call-overload]
