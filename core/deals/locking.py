"""The lock for acts that two departments could do against each other."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.db import db
from core.deals.errors import DealUnknown
from core.deals.models import Deal
from core.deals.picture import Picture, picture_of
from core.deals.rows import DEALS

_KEY = "deals_locked"


def lock(deal_ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Hold these deals until the transaction ends and return them as they now are.

    Taken in sorted order, so that two acts over several deals cannot wait for each other.
    What was read before is stale: decide by what this returns.

    Raises:
        DealUnknown: when one of them has not been sold.
    """
    wanted = set(deal_ids)
    found = held_rows(wanted)
    if missing := wanted - found.keys():
        raise DealUnknown(number=", ".join(str(each) for each in sorted(missing)))
    return {deal_id: picture_of(row) for deal_id, row in found.items()}


def lock_numbers(numbers: Iterable[str]) -> dict[str, Picture]:
    """Hold the deals with these numbers, as `lock` does; return those that exist, by number."""
    rows = DEALS.read("number", set(numbers), lock=True)
    _held().update(rows)
    return {row.number: picture_of(row) for row in rows.values()}


def held_rows(deal_ids: Iterable[UUID]) -> dict[UUID, Deal]:
    """Return those of these deals that exist, locked (SQLite: the write transaction is the lock).

    Each is read once in a transaction: nobody else can change what it holds, and whatever is
    published in it is folded into these very rows.
    """
    wanted, held = sorted(set(deal_ids)), _held()
    if unknown := [deal_id for deal_id in wanted if deal_id not in held]:
        held.update(DEALS.read("id", unknown, lock=True))
    return {deal_id: held[deal_id] for deal_id in wanted if deal_id in held}


def held_already(deal_ids: Iterable[UUID]) -> dict[UUID, Deal]:
    """Return those of these deals that the transaction holds: nobody need read them again."""
    held = _held()
    return {deal_id: held[deal_id] for deal_id in deal_ids if deal_id in held}


def _held() -> dict[UUID, Deal]:
    held: dict[UUID, Deal] = db.session.info.setdefault(_KEY, {})
    return held


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    """Read again what a savepoint has taken back."""
    session.info.pop(_KEY, None)
