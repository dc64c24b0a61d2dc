"""Goods that are to come back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from modules.warehouse.models import ExpectedReturn


def expected(limit: int = 100) -> Sequence[ExpectedReturn]:
    """Return what is to come back, the oldest promise first."""
    row = ExpectedReturn
    query = select(row).where(row.is_open).order_by(row.promised_on, row.id)
    return db.session.scalars(query.limit(limit)).all()


def expected_count() -> int:
    """Return for how many promises goods are to come back."""
    query = select(func.count()).select_from(ExpectedReturn).where(ExpectedReturn.is_open)
    return db.session.scalar(query) or 0


def of_deal(deal_id: UUID, *, open_only: bool = True) -> Sequence[ExpectedReturn]:
    """Return what of one order is to come back, or was."""
    row = ExpectedReturn
    query = select(row).where(row.deal_id == deal_id)
    if open_only:
        query = query.where(row.is_open)
    return db.session.scalars(query.order_by(row.promised_on, row.id)).all()
