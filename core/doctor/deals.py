"""Fold every deal anew from the log and compare it with its rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, or_, select

from bus.codec import read
from bus.envelopes import Envelope
from bus.rows import envelope
from bus.tables import ENVELOPE, bus_event
from core.db import Base, db
from core.deals import facts
from core.deals.fold import Stated, entry, opened
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine
from core.doctor.comparison import Difference, Values, first_difference

_PAGE = 500
_KINDS = {
    kind.declaration.type: kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, facts.Fact) and kind is not facts.Fact
}


def difference() -> Difference | None:
    """Return the first place where a deal is not what its facts make it."""
    for deals in _pages():
        entries = _entries_of(deals)
        logged = log_of(deal.id for deal in deals)
        for deal in deals:
            anew, told = rebuilt(logged[deal.id])
            found = _compare(deal, anew, entries[deal.id], told)
            if found is not None:
                return found
        db.session.expunge_all()
    return _never_folded()


def _pages() -> Iterator[Sequence[Deal]]:
    after: UUID | None = None
    while True:
        query = select(Deal).order_by(Deal.id).limit(_PAGE)
        page = db.session.scalars(query if after is None else query.where(Deal.id > after)).all()
        if not page:
            return
        after = page[-1].id
        yield page


def _entries_of(deals: Sequence[Deal]) -> dict[UUID, list[DealEntry]]:
    query = select(DealEntry).where(DealEntry.deal_id.in_([deal.id for deal in deals]))
    found: dict[UUID, list[DealEntry]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(DealEntry.pos)):
        found[row.deal_id].append(row)
    return found


def log_of(deal_ids: Iterable[UUID]) -> dict[UUID, list[Envelope]]:
    """Return what was stated of these deals, oldest first."""
    query = (
        select(*ENVELOPE)
        .where(bus_event.c.aggregate_id.in_(list(deal_ids)), states(*_KINDS))
        .order_by(bus_event.c.pos)
    )
    found: dict[UUID, list[Envelope]] = defaultdict(list)
    for row in db.session.execute(query):
        each = envelope(row)
        found[each.aggregate_id].append(each)
    return found


def states(*facts_: str) -> ColumnElement[bool]:
    """That an event states one of these facts: as its own kind of it, or bare."""
    return or_(bus_event.c.fact.in_(facts_), bus_event.c.type.in_(facts_))


def rebuilt(log: Sequence[Envelope]) -> tuple[Deal | None, list[DealEntry]]:
    """Return the deal that its facts make, with its entries; no deal when nothing was sold."""
    deal: Deal | None = None
    told = []
    for each in log:
        fact = read(each, _KINDS[each.fact or each.type])
        if deal is None:
            if not isinstance(fact, facts.Sold):
                return None, []
            deal = opened(fact)
        told.append(entry(deal, Stated(fact, each.at, each.actor), each.id, each.pos, each.type))
    return deal, told


def _compare(
    stored: Deal, anew: Deal | None, entries: list[DealEntry], told: list[DealEntry]
) -> Difference | None:
    if anew is None:
        return Difference("core_deal", stored.number, "a row", "no sale in the log")
    parts: list[tuple[type[Base], str, Sequence[object], Sequence[object]]] = [
        (Deal, "number", [stored], [anew]),
        (DealLine, "line_id", stored.lines, anew.lines),
        (DealDue, "position", stored.dues, anew.dues),
        (DealConcern, "concern_id", stored.concerns, anew.concerns),
        (DealEntry, "event_id", entries, told),
    ]
    for model, key, left, right in parts:
        table = cast("Table", model.__table__)
        rows = sorted(values(table, left), key=lambda v: str(v[key]))
        others = sorted(values(table, right), key=lambda v: str(v[key]))
        if found := first_difference(f"{table.name} of {stored.number}", (key,), rows, others):
            return found
    return None


def values(table: Table, rows: Iterable[object]) -> list[Values]:
    """Return the values of a table's rows by their columns' names."""
    names = [column.name for column in table.columns]
    return [{name: getattr(row, name, None) for name in names} for row in rows]


def _never_folded() -> Difference | None:
    """A sale in the log without a deal: its row was deleted."""
    missing = db.session.execute(
        select(bus_event.c.aggregate_id)
        .where(
            states("deals.sold"),
            ~exists().where(Deal.id == bus_event.c.aggregate_id),
        )
        .limit(1)
    ).scalar()
    return Difference("core_deal", "row", None, missing) if missing is not None else None
