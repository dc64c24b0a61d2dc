"""What service has promised to customers and finance has to keep."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from core.paging import Page, decode, encode
from modules.finance.models import CompensatedGoods, PromisedCompensation
from modules.finance.models.compensations import OPEN, TO_BOOK, TO_GIVE_BACK

#: Where it is finance's turn.
_OUR_TURN = (TO_BOOK, TO_GIVE_BACK)


def promised(*, limit: int = 50, after: str | None = None) -> Page[PromisedCompensation]:
    """Return what is to be booked or given back, the oldest first, a page at a time."""
    row = PromisedCompensation
    query = select(row).where(row.state.in_(_OUR_TURN))
    if after:
        last = db.session.get(row, decode(after, "uuid")[0])
        if last is not None:
            later = (row.promised_at > last.promised_at) | (
                (row.promised_at == last.promised_at) & (row.id > last.id)
            )
            query = query.where(later)
    rows = db.session.scalars(query.order_by(row.promised_at, row.id).limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def promised_count() -> int:
    """Return how many promises are finance's turn."""
    query = select(func.count()).where(PromisedCompensation.state.in_(_OUR_TURN))
    return db.session.scalar(query) or 0


def open_of(deal_id: UUID) -> list[PromisedCompensation]:
    """Return what of one order is still to be kept, the oldest first."""
    row = PromisedCompensation
    query = select(row).where(row.deal_id == deal_id, row.state.in_(OPEN))
    return list(db.session.scalars(query.order_by(row.promised_at, row.id)))


def to_be_exchanged(deal_id: UUID) -> defaultdict[UUID, Decimal]:
    """Return how much of each line customers were promised new goods for."""
    total = func.sum(CompensatedGoods.quantity, type_=CompensatedGoods.quantity.type)
    query = (
        select(CompensatedGoods.line_id, total)
        .join(PromisedCompensation, PromisedCompensation.id == CompensatedGoods.compensation_id)
        .where(PromisedCompensation.deal_id == deal_id, PromisedCompensation.kind == "exchange")
        .group_by(CompensatedGoods.line_id)
    )
    return defaultdict(Decimal, dict(db.session.execute(query).all()))
