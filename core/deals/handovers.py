"""When goods came into customers' hands: what after-sales duties hang on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

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
    query = (
        select(Deal.id, Deal.number, Deal.customer_id, func.min(DealEntry.happened_on).label("on"))
        .join(DealEntry, DealEntry.deal_id == Deal.id)
        .where(DealEntry.fact == "delivered", Deal.historical.is_(False), _still_there(skus))
        .group_by(Deal.id, Deal.number, Deal.customer_id)
        .having(func.min(DealEntry.happened_on).between(first, last))
        .order_by(Deal.customer_id, func.min(DealEntry.happened_on), Deal.id)
    )
    yield from _read(query, deal_ids)


def _read(query: Any, deal_ids: Collection[UUID] | None) -> Iterator[Handover]:
    if deal_ids is not None:
        query = query.where(Deal.id.in_(deal_ids))
    result = db.session.execute(query, execution_options={"yield_per": _CHUNK})
    for deal_id, number, customer_id, on in result:
        yield Handover(deal_id, number, resolve(customer_id), on)


def _still_there(skus: Sequence[str]) -> ColumnElement[bool]:
    mine = [DealLine.deal_id == Deal.id, DealLine.delivered > DealLine.returned]
    if skus:
        mine.append(DealLine.sku.in_(skus))
    return exists().where(*mine)
