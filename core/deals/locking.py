"""The lock for acts that two departments could do against each other."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.deals.errors import DealUnknown
from core.deals.models import Deal
from core.deals.picture import Picture, picture_of


def lock(deal_ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Hold these deals until the transaction ends and return them as they now are.

    Taken in sorted order, so that two acts over several deals cannot wait for each other.
    What was read before is stale: decide by what this returns.

    Raises:
        DealUnknown: when one of them has not been sold.
    """
    return {row.id: picture_of(row) for row in locked_rows(deal_ids, required=True).values()}


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
    if required and (missing := set(wanted) - set(found)):
        raise DealUnknown(number=", ".join(str(each) for each in sorted(missing)))
    return found
