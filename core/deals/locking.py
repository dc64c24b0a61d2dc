"""The lock for acts that two departments could do against each other."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from core.db import db
from core.deals.errors import DealUnknown
from core.deals.models import Deal
from core.deals.picture import Picture, picture_of

_KEY = "deals_locked"


def lock(deal_ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Hold these deals until the transaction ends and return them as they now are.

    Taken in sorted order, so that two acts over several deals cannot wait for each other.
    What was read before is stale: decide by what this returns.

    Raises:
        DealUnknown: when one of them has not been sold.
    """
    return {row.id: picture_of(row) for row in locked_rows(deal_ids, required=True).values()}


def held_rows(deal_ids: Iterable[UUID]) -> dict[UUID, Deal]:
    """Return the rows, locked; those that this transaction has locked before are not read again."""
    wanted, held = set(deal_ids), _held()
    if wanted <= held.keys():
        return {deal_id: held[deal_id] for deal_id in wanted}
    return locked_rows(wanted)


def locked_rows(deal_ids: Iterable[UUID], *, required: bool = False) -> dict[UUID, Deal]:
    """Return the rows, locked (SQLite: the write transaction is the lock) and freshly read."""
    wanted = sorted(set(deal_ids))
    query = (
        select(Deal)
        .where(Deal.id.in_(wanted))
        .order_by(Deal.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in db.session.scalars(query)}
    _held().update(found)
    if required and (missing := set(wanted) - set(found)):
        raise DealUnknown(number=", ".join(str(each) for each in sorted(missing)))
    return found


def _held() -> dict[UUID, Deal]:
    held: dict[UUID, Deal] = db.session.info.setdefault(_KEY, {})
    return held


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
