"""Make the deals' summaries anew from the facts in the log, a few in each transaction.

A deal is folded in its publisher's transaction and heard by nobody, so it needs no shadow: with
its rows locked its facts cannot change. Entries are records: one that is missing is entered
again, and none is ever changed; what else is wrong with them `lamplit doctor` says.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from flask import Flask
from sqlalchemy import Table, exists, func, select

from bus import hearing
from bus.tables import bus_event
from core.db import db, reading, unit_of_work
from core.deals.locking import held_rows
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine
from core.doctor.comparison import Values
from core.doctor.deals import log_of, rebuilt, states, values
from core.doctor.kept import NOBODY, Asked, keep_outcome, kept
from core.doctor.takeover import Change, compared, put_right
from core.live.hints import hint

#: Deals in one transaction: nobody who trades waits for long.
CHUNK = 100
#: What is pointed to comes before what points to it.
_TABLES = tuple(
    cast("Table", model.__table__) for model in (Deal, DealLine, DealDue, DealConcern, DealEntry)
)
NAME = "deals"


def rebuild_deals(
    app: Flask, show: Callable[[int, int], None] = lambda _done, _all: None, asked: Asked = NOBODY
) -> list[Change]:
    """Put every deal right; returns what was not as it should be.

    Parameters:
      show: Is told how many deals are done, and how many there are.
    """
    found = {table.name: Change(table) for table in _TABLES}
    done = 0
    with kept(app, NAME, asked):
        with reading(app):
            count = db.session.scalar(select(func.count()).select_from(Deal)) or 0
        for ids, lost in _chunks(app):
            with unit_of_work(app):
                if lost:
                    hearing.closed_end()  # without a row to lock, all publishers stay out
                for change in _refold(ids):
                    found[change.table.name].take_in(change)
            done += len(ids)
            show(done, max(done, count))
        changes = list(found.values())
        with unit_of_work(app):
            keep_outcome(NAME, asked, changes)
    return changes


def _chunks(app: Flask) -> Iterator[tuple[Sequence[UUID], bool]]:
    """The ids of all deals, and then of those whose row was lost."""
    folded = select(Deal.id.label("id"))
    sold = select(bus_event.c.aggregate_id.label("id")).distinct().where(states("deals.sold"))
    lost = sold.where(~exists().where(Deal.id == bus_event.c.aggregate_id))
    for query, is_lost in ((folded, False), (lost, True)):
        after: UUID | None = None
        some = query.subquery()
        while True:
            page = select(some.c.id).order_by(some.c.id).limit(CHUNK)
            with reading(app):
                ids = db.session.scalars(
                    page if after is None else page.where(some.c.id > after)
                ).all()
            if not ids:
                break
            yield ids, is_lost
            after = ids[-1]


def _refold(ids: Sequence[UUID]) -> list[Change]:
    held_rows(ids)
    anew: dict[str, list[Values]] = {table.name: [] for table in _TABLES}
    logged = log_of(ids)
    known = [deal_id for deal_id in ids if _add(anew, *rebuilt(logged[deal_id]))]
    changes = [compared(table, _stored(table, known), anew[table.name]) for table in _TABLES]
    entries = changes[-1]
    entries.surplus, entries.wrong = [], []
    put_right(changes)
    if any(change.count for change in changes):
        for deal in anew[_TABLES[0].name]:
            hint("deals", deal["number"])
    return changes


def _add(anew: dict[str, list[Values]], deal: Deal | None, entries: list[DealEntry]) -> bool:
    """Add a deal's rows; False for one that the log does not know, which is left to a person."""
    if deal is None:
        return False
    parts: tuple[Sequence[object], ...] = ([deal], deal.lines, deal.dues, deal.concerns, entries)
    for table, rows in zip(_TABLES, parts, strict=True):
        anew[table.name] += values(table, rows)
    return True


def _stored(table: Table, ids: Sequence[UUID]) -> list[Values]:
    key: Any = table.c.id if table.name == Deal.__tablename__ else table.c.deal_id
    return [dict(row) for row in db.session.execute(select(table).where(key.in_(ids))).mappings()]
