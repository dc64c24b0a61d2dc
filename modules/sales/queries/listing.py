"""Orders as rows of a list and cards of the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, func, literal, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal
from core.deals.stage import STAGES
from core.money import ZERO
from core.paging import Page, decode, encode
from core.search.index import customers_matching, refs_matching
from modules.sales.models import Order
from modules.sales.queries.stages import ORDER_STAGES


@dataclass(frozen=True)
class ListedOrder:
    """An order as one row of a list or one card of the board."""

    number: str
    customer_id: UUID
    customer_name: str
    seller_name: str
    currency: str
    total: Decimal
    owed: Decimal
    dated_on: date
    promised_on: date | None
    stage: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do for it."""
        return self.stage not in ("done", "cancelled")

    @property
    def to_ship(self) -> bool:
        """Whether goods that were promised are still in the house."""
        return self.stage in ("deposit", "to_ship", "part_shipped")


def orders(
    *,
    stage: str = "",
    q: str = "",
    seller_id: UUID | None = None,
    customer_id: UUID | None = None,
    sort: str = "-dated",
    limit: int = 50,
    after: str | None = None,
) -> Page[ListedOrder]:
    """Return orders of a stage ("" for all) that match, a page at a time."""
    query = _joined(stage)
    if seller_id is not None:
        query = query.where(Order.seller_id == seller_id)
    if customer_id is not None:
        query = query.where(Order.customer_id.in_(same_customer(customer_id)))
    if (matching := _matching(q)) is not None:
        query = query.where(matching)
    return _page(query, sort, limit, after, by_deal=stage in STAGES and stage != "cancelled")


def stage_counts(q: str = "", seller_id: UUID | None = None) -> dict[str, int]:
    """Return how many orders stand at each place of the board."""
    narrowed: list[ColumnElement[bool]] = []
    if seller_id is not None:
        narrowed.append(Order.seller_id == seller_id)
    if (matching := _matching(q)) is not None:
        narrowed.append(matching)
    # Counted from the deals' side: its index holds the stages of a hundred thousand at hand.
    deals = (
        select(Deal.stage, func.count())
        .join_from(Deal, Order, Order.id == Deal.id)
        .where(*narrowed)
        .group_by(Deal.stage)
    )
    counts = dict.fromkeys(ORDER_STAGES, 0)
    counts.update(dict(db.session.execute(deals).all()))
    for stage, count in db.session.execute(_without_deal(narrowed)):
        counts[stage] += count
    return counts


def _without_deal(narrowed: Sequence[ColumnElement[bool]]) -> Select[str, int]:
    return (
        select(Order.state, func.count())
        .where(Order.state.in_(("quotation", "cancelled")), _no_deal(), *narrowed)
        .group_by(Order.state)
    )


def _joined(stage: str) -> Select[*tuple[Any, ...]]:
    """Orders beside their deals, from the side that the stage's index is on."""
    if stage == "quotation":
        return select(Order, literal(None), literal(None)).where(Order.state == "quotation")
    columns = select(Order, Deal.stage, Deal.owed)
    if stage == "cancelled":
        both = columns.outerjoin(Deal, Deal.id == Order.id)
        return both.where(Order.state == "cancelled")
    if stage in STAGES:
        return columns.join_from(Deal, Order, Order.id == Deal.id).where(Deal.stage == stage)
    return columns.outerjoin(Deal, Deal.id == Order.id)


def _no_deal() -> ColumnElement[bool]:
    return ~select(Deal.id).where(Deal.id == Order.id).exists()


def _matching(q: str) -> ColumnElement[bool] | None:
    if not q.strip():
        return None
    wanted = [
        column.in_(found)
        for column, found in (
            (Order.number, refs_matching("order", q)),
            (Order.number, refs_matching("quotation", q)),
            (Order.customer_id, customers_matching(q)),
        )
        if found is not None
    ]
    return or_(*wanted) if wanted else literal(False)


def _page(
    query: Select[*tuple[Any, ...]], sort: str, limit: int, after: str | None, *, by_deal: bool
) -> Page[ListedOrder]:
    down = sort.startswith("-")
    key, kind = _sort_key(sort.removeprefix("-"), by_deal=by_deal)
    id_ = Deal.id if by_deal else Order.id
    if after:
        there = tuple_(*decode(after, kind, "uuid"))
        place = tuple_(key, id_)
        query = query.where(place < there if down else place > there)
    columns = (key.desc(), id_.desc()) if down else (key.asc(), id_.asc())
    rows = db.session.execute(query.add_columns(key).order_by(*columns).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    next_ = encode(last[3], last[0].id) if last else None
    return Page([_listed(*row[:3]) for row in rows[:limit]], next_)


def _sort_key(name: str, *, by_deal: bool) -> tuple[Any, str]:
    if name == "promised":
        never = literal(date.max, Date)
        return func.coalesce(Order.promised_on, never, type_=Date), "date"
    return (Deal.sold_on if by_deal else Order.dated_on), "date"


def _listed(row: Order, stage: str | None, owed: Decimal | None) -> ListedOrder:
    return ListedOrder(
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        seller_name=row.seller_name,
        currency=row.currency,
        total=row.total,
        owed=owed or ZERO,
        dated_on=row.dated_on,
        promised_on=row.promised_on,
        stage=stage or row.state,
    )
