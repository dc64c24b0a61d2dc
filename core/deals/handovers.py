"""When goods came into customers' hands: what after-sales duties hang on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, exists, func, or_, select

from core.customers.resolution import resolve
from core.db import db
from core.deals.models import Deal, DealEntry, DealLine

_CHUNK = 1000


@dataclass(frozen=True)
class Handover:
    """A deal's first delivery: parts that follow are no second beginning."""

    deal_id: UUID
    number: str
    customer_id: UUID
    on: date
    #: When goods came into the same hands again, where that was asked for.
    again_on: date | None = None


def handovers(
    first: date,
    last: date,
    *,
    skus: Sequence[str] = (),
    deal_ids: Collection[UUID] | None = None,
) -> Iterator[Handover]:
    """Yield deals whose goods first arrived in these days, by customer and day.

    Settled history and deals of which everything has come back are left out; with `skus`, so are
    those that have none of these products.
    """
    query = _arrived(first, last, skus, deal_ids)
    on = func.min(DealEntry.happened_on)
    yield from _read(query.order_by(Deal.customer_id, on, Deal.id))


def followed(
    first: date,
    last: date,
    within: Sequence[tuple[date, date]],
    *,
    skus: Sequence[str] = (),
    deal_ids: Collection[UUID] | None = None,
) -> Iterator[Handover]:
    """Yield those of these handovers that lie within some spans of days, with what followed.

    The database looks for what followed: of a year's handovers few are asked for in a night.
    """
    if not within:
        return
    each = _arrived(first, last, skus, deal_ids).subquery()
    order = (each.c.on, each.c.id)
    again = func.lead(each.c.on, type_=Date).over(partition_by=each.c.customer_id, order_by=order)
    told = select(each, again.label("again_on")).subquery()
    wanted = or_(*(told.c.on.between(*days) for days in within))
    yield from _read(select(told).where(wanted).order_by(told.c.customer_id, told.c.on, told.c.id))


def _arrived(
    first: date, last: date, skus: Sequence[str], deal_ids: Collection[UUID] | None
) -> Select[Any]:
    on = func.min(DealEntry.happened_on)
    columns: tuple[Any, ...] = (Deal.id, Deal.number, Deal.customer_id, on.label("on"))
    query = (
        select(*columns)
        .join(DealEntry, DealEntry.deal_id == Deal.id)
        .where(DealEntry.fact == "delivered", Deal.historical.is_(False), _still_there(skus))
        .group_by(Deal.id, Deal.number, Deal.customer_id)
        .having(on.between(first, last))
    )
    return query if deal_ids is None else query.where(Deal.id.in_(deal_ids))


def _read(query: Select[Any]) -> Iterator[Handover]:
    result = db.session.execute(query, execution_options={"yield_per": _CHUNK})
    for deal_id, number, customer_id, *days in result:
        yield Handover(deal_id, number, resolve(customer_id), *days)


def _still_there(skus: Sequence[str]) -> ColumnElement[bool]:
    mine = [DealLine.deal_id == Deal.id, DealLine.delivered > DealLine.returned]
    if skus:
        mine.append(DealLine.sku.in_(skus))
    return exists().where(*mine)
