"""What can be looked up about orders: each beside its deal, true at every commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, func, literal, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from core.clock import today
from core.columns import Money
from core.company import company
from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal
from core.deals.picture import Picture
from core.deals.stage import STAGES
from core.money import ZERO
from core.paging import Page, decode, encode
from core.search.index import customers_matching, refs_matching
from modules.sales.errors import OrderNotFound
from modules.sales.models import Order, OrderEntry

#: The places of the board in order: a quotation is no deal yet, the rest is the deal's stage.
ORDER_STAGES: tuple[str, ...] = ("quotation", *STAGES)
#: How far back the pictures of sales look.
WEEKS = 8
OPEN_STAGES: tuple[str, ...] = ("deposit", "to_ship", "part_shipped", "shipped")


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


def order(number: str) -> Order:
    """Return the order or quotation with this number.

    Raises:
        OrderNotFound: when there is none.
    """
    row = db.session.scalar(select(Order).where(Order.number == number))
    if row is None:
        raise OrderNotFound(order=number)
    return row


def order_or_none(number: str) -> Order | None:
    """Return the order with this number, or None: another module may have made the deal."""
    return db.session.scalar(select(Order).where(Order.number == number))


def stage(row: Order) -> str:
    """Return where an order stands: its own state, or once it is sold its deal's stage."""
    if row.state == "quotation":
        return row.state
    return db.session.scalar(select(Deal.stage).where(Deal.id == row.id)) or row.state


def has_deal(row: Order) -> bool:
    """Tell whether the order was ever confirmed."""
    return db.session.get(Deal, row.id) is not None


def entries(order_id: UUID) -> list[OrderEntry]:
    """Return who did what in sales, oldest first."""
    query = select(OrderEntry).where(OrderEntry.order_id == order_id)
    return list(db.session.scalars(query.order_by(OrderEntry.at, OrderEntry.id)))


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


def open_order_count() -> int:
    """Return how many quotations and orders still ask for something, for the menu."""
    quotations = select(func.count()).select_from(Order).where(Order.state == "quotation")
    deals = (
        select(func.count())
        .select_from(Deal)
        .join(Order, Order.id == Deal.id)
        .where(Deal.stage.in_(OPEN_STAGES))
    )
    return (db.session.scalar(quotations) or 0) + (db.session.scalar(deals) or 0)


def late_count() -> int:
    """Return how many orders were promised for a day that is over and are not shipped yet."""
    query = (
        select(func.count())
        .select_from(Deal)
        .join(Order, Order.id == Deal.id)
        .where(Deal.stage.in_(("deposit", "to_ship", "part_shipped")), Deal.promised_on < today())
    )
    return db.session.scalar(query) or 0


def sold_by_week() -> list[tuple[date, Decimal]]:
    """Return the Monday and what was sold in each of the last weeks, in the company's currency."""
    first = _first_monday()
    query = select(Order.dated_on, _total()).where(*_sold_since(first)).group_by(Order.dated_on)
    sums = {first + timedelta(weeks=at): ZERO for at in range(WEEKS)}
    for day, amount in db.session.execute(query):
        week = day - timedelta(days=day.weekday())
        if week in sums:
            sums[week] += amount
    return sorted(sums.items())


def sold_by_person() -> list[tuple[str, Decimal]]:
    """Return who sold how much in the same weeks, the most first."""
    total = _total()
    query = (
        select(Order.seller_name, total)
        .where(*_sold_since(_first_monday()))
        .group_by(Order.seller_id, Order.seller_name)
        .order_by(total.desc())
        .limit(6)
    )
    return list(db.session.execute(query))


def _first_monday() -> date:
    monday = today() - timedelta(days=today().weekday())
    return monday - timedelta(weeks=WEEKS - 1)


def _total() -> ColumnElement[Decimal]:
    return func.sum(Order.total, type_=Money)


def _sold_since(day: date) -> tuple[ColumnElement[bool], ...]:
    in_our_money = Order.currency == company().currency
    return Order.state == "confirmed", Order.dated_on >= day, in_our_money


def customer_panel(customer_id: UUID) -> dict[str, Any] | None:
    """Return a customer's open quotations, for her card; her deals are shown there already."""
    found = orders(stage="quotation", customer_id=customer_id, limit=8)
    return {"quotations": found.items}


def deal_panel(picture: Picture) -> dict[str, Any] | None:
    """Return what sales adds to a deal's page; None when another module has sold it."""
    row = order_or_none(picture.number)
    return None if row is None else {"order": row, "told": entries(row.id)}


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
