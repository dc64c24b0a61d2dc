"""What a deal is made of while it is folded: stored rows, or values that are written set-wise.

A mapped class watches every assignment. That is right for one deal that changes; a hundred
thousand imported ones are folded as plain values and written by a few statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert

from core.db import Base, db
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine


@dataclass(frozen=True)
class Rows:
    """The classes of a deal and its parts."""

    deal: type[Deal]
    line: type[DealLine]
    due: type[DealDue]
    concern: type[DealConcern]
    entry: type[DealEntry]


class _Plain:
    """Has the attributes of a model and nothing else."""

    __slots__ = ()

    def __init__(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)


def _like(model: type[Base], *lists: str) -> Any:
    slots = (*model.__table__.columns.keys(), *lists)
    return type(f"Plain{model.__name__}", (_Plain,), {"__slots__": slots})


STORED = Rows(Deal, DealLine, DealDue, DealConcern, DealEntry)
PLAIN = Rows(
    deal=_like(Deal, "lines", "dues", "concerns"),
    line=_like(DealLine),
    due=_like(DealDue),
    concern=_like(DealConcern),
    entry=_like(DealEntry),
)


def rows_of(deal: Deal) -> Rows:
    """Return the classes that go with this deal."""
    return STORED if isinstance(deal, STORED.deal) else PLAIN


def write_new(deals: Iterable[Deal], entries: Iterable[DealEntry]) -> None:
    """Write new deals, and entries of new and old ones."""
    new = list(deals)
    _write(Deal, new)
    _write(DealLine, [line for deal in new for line in deal.lines])
    _write(DealDue, [due for deal in new for due in deal.dues])
    _write(DealConcern, [concern for deal in new for concern in deal.concerns])
    _write(DealEntry, list(entries))


def _write(model: type[Base], rows: list[Any]) -> None:
    if not rows:
        return
    table = cast("Table", model.__table__)
    names = table.columns.keys()
    values = [{name: getattr(row, name, None) for name in names} for row in rows]
    db.session.connection().execute(insert(table), values)
