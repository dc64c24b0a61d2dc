"""Who is expected when: what promises of after-sales look up."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.rhythm.models import Expected

_CHUNK = 1000


def expected(
    kind: str,
    first: date,
    last: date,
    *,
    ahead: int = 0,
    skus: Sequence[str] = (),
    least: int = 0,
    customer_ids: Collection[UUID] | None = None,
) -> Iterator[tuple[Expected, date]]:
    """Yield expectations with the day so many days ahead of them, if it lies in these days.

    Left out is who had bought again by that day, and what is less sure than `least` percent.
    """
    query = (
        select(Expected)
        .where(Expected.kind == kind)
        .where(Expected.on_day.between(first, _after(last, ahead)))
        .where(Expected.confidence >= least)
        .order_by(Expected.on_day, Expected.customer_id, Expected.sku)
    )
    if skus:
        query = query.where(Expected.sku.in_(skus))
    if customer_ids is not None:
        query = query.where(Expected.customer_id.in_(customer_ids))
    for row in db.session.scalars(query, execution_options={"yield_per": _CHUNK}):
        # Nobody is asked before she has bought: what is used up within days is due at once.
        due = max(row.on_day - timedelta(ahead), row.bought_on + timedelta(1))
        if first <= due <= last and (row.again_on is None or row.again_on > due):
            yield row, due


def _after(day: date, ahead: int) -> date:
    return day + timedelta(ahead) if date.max - day > timedelta(ahead) else date.max
