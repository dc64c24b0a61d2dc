"""Registrations that staff has to look at."""

from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.db import db
from core.paging import Page, decode, encode
from modules.service.errors import ClaimNotFound
from modules.service.models import WarrantyClaim
from modules.service.models.warranties import OPEN


def claim(claim_id: UUID) -> WarrantyClaim:
    """Return a claim.

    Raises:
        ClaimNotFound: when there is none.
    """
    found = db.session.get(WarrantyClaim, claim_id)
    if found is None:
        raise ClaimNotFound
    return found


def claims(*, state: str = OPEN, limit: int = 50, after: str | None = None) -> Page[WarrantyClaim]:
    """Return claims in this state, the newest first."""
    query = select(WarrantyClaim).where(WarrantyClaim.state == state)
    if after:
        last = claim(decode(after, "uuid")[0])
        key = tuple_(last.at, last.id)
        query = query.where(tuple_(WarrantyClaim.at, WarrantyClaim.id) < key)
    query = query.order_by(WarrantyClaim.at.desc(), WarrantyClaim.id.desc())
    rows = db.session.scalars(query.limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def open_claim_count() -> int:
    """Return how many claims wait for somebody."""
    query = select(func.count()).select_from(WarrantyClaim)
    return db.session.scalar(query.where(WarrantyClaim.state == OPEN)) or 0
