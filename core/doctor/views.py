"""Tell a module its history once more, into a shadow, and compare its views row by row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import Table, select

from bus.hearing import heard
from core.columns import Money, Quantity
from core.db import db
from core.doctor.comparison import Difference, Values, first_difference
from core.doctor.shadow import Shadow, view_tables

Key = tuple[Any, ...]

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Tally:
    """How many rows a view has, what its figures add up to, and where it first disagrees."""

    table: str
    stored: int
    rebuilt: int
    #: Column and both sums, where there is something to add up.
    sums: Mapping[str, tuple[Decimal, Decimal]]
    difference: Difference | None


def compare(app: Flask, module: str) -> Iterator[Tally]:
    """Compare each of a module's views with what the log makes of it.

    What the module has not taken in yet is left out: it is missing from the views, too. All is
    read in the caller's transaction.
    """
    tables = view_tables(module)
    if tables:
        shadow = Shadow(app)
        shadow.create()
        for events in heard(module):
            shadow.hear(module, events)
        for table in tables:
            yield tally(shadow, table)


def in_one_moment() -> None:
    """Let the transaction that begins now see the company as it is at one moment throughout."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def tally(shadow: Shadow, table: Table) -> Tally:
    """Compare one view with its shadow."""
    with shadow.open():
        anew = {key_of(table, row): row for row in rows_of(table)}
    rebuilt, names = len(anew), _figures(table)
    theirs = {name: _total(anew.values(), name) for name in names}
    ours = dict.fromkeys(names, _ZERO)
    stored, found = 0, None
    for row in rows_of(table):
        stored += 1
        for name in names:
            ours[name] += row[name] or _ZERO
        found = found or _against(table, row, anew.pop(key_of(table, row), None))
    for row in anew.values():
        found = found or _against(table, None, row)
    sums = {name: (ours[name], theirs[name]) for name in names}
    return Tally(table.name, stored, rebuilt, sums, found)


def rows_of(table: Table) -> Iterator[Values]:
    """Yield a table's rows from the database that the session is on."""
    with db.session.execute(select(table).execution_options(yield_per=1000)) as found:
        for row in found.mappings():
            yield dict(row)


def key_of(table: Table, row: Values) -> Key:
    """Return the values of a row's primary key."""
    return tuple(row[column.name] for column in table.primary_key)


def _against(table: Table, stored: Values | None, rebuilt: Values | None) -> Difference | None:
    key = tuple(column.name for column in table.primary_key)
    left = [stored] if stored is not None else []
    right = [rebuilt] if rebuilt is not None else []
    return first_difference(table.name, key, left, right)


def _figures(table: Table) -> list[str]:
    """The columns that can be added up: amounts and quantities, no keys."""
    return [
        column.name
        for column in table.columns
        if not column.primary_key
        and not column.foreign_keys
        and isinstance(column.type, Money | Quantity)
    ]


def _total(rows: Iterable[Values], name: str) -> Decimal:
    return sum((row[name] or _ZERO for row in rows), _ZERO)
