"""What everybody may ask about deals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select, tuple_

from bus.kept import Kept
from core.customers.resolution import resolve, same_customer
from core.db import connection, db
from core.deals.errors import DealNotFound
from core.deals.locking import held_already
from core.deals.models import Deal, DealEntry
from core.deals.picture import Picture, picture_of
from core.deals.rows import DEALS
from core.paging import Page, decode, encode
from core.search import index

__all__ = ["Picture", "by_ids", "deal", "deal_by_id", "deal_id", "deals", "entries", "owed_by"]

_DEALS = Deal.__table__
_ID_OF = Kept(select(_DEALS.c.id).where(_DEALS.c.number == bindparam("number")))


def deal(number: str) -> Picture:
    """Return the deal with this number.

    Raises:
        DealNotFound: when there is none.
    """
    found = by_numbers([number])
    if not found:
        raise DealNotFound(number=number)
    return found[number]


def deal_id(number: str) -> UUID:
    """Return the id of the deal with this number; raises DealNotFound."""
    found: UUID | None = _ID_OF.scalar(connection(), {"number": number})
    if found is None:
        raise DealNotFound(number=number)
    return found


def deal_by_id(id_: UUID) -> Picture:
    """Return the deal with this id; raises DealNotFound."""
    found = by_ids([id_])
    if not found:
        raise DealNotFound(number=str(id_))
    return found[id_]


def by_ids(ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Return those of these deals that exist."""
    wanted = set(ids)
    rows = held_already(wanted)
    if others := wanted - rows.keys():
        rows |= DEALS.read("id", others)
    return {id_: picture_of(rows[id_]) for id_ in sorted(rows)}


def by_numbers(numbers: Iterable[str]) -> dict[str, Picture]:
    """Return those of these deals that exist, by number."""
    rows = DEALS.read("number", set(numbers))
    return {row.number: picture_of(row) for row in rows.values()}


def deals(
    *,
    q: str = "",
    owing: bool = False,
    customer_id: UUID | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Picture]:
    """Return deals, newest first, a page at a time."""
    query = select(Deal).order_by(Deal.sold_on.desc(), Deal.id.desc()).limit(limit + 1)
    if owing:
        query = query.where(Deal.owed > 0)
    if customer_id is not None:
        query = query.where(Deal.customer_id.in_(same_customer(customer_id)))
    if q.strip():
        query = _matching(query, q)
    if after:
        day, id_ = decode(after, "date", "uuid")
        query = query.where(tuple_(Deal.sold_on, Deal.id) < tuple_(day, id_))
    rows: Sequence[Deal] = db.session.scalars(query).all()
    next_ = encode(rows[limit - 1].sold_on, rows[limit - 1].id) if len(rows) > limit else None
    return Page([picture_of(row) for row in rows[:limit]], next_)


def _matching(query: Select[Deal], q: str) -> Select[Deal]:
    found = [
        column.in_(wanted)
        for column, wanted in (
            (Deal.number, index.refs_matching("order", q)),
            (Deal.customer_id, index.customers_matching(q)),
        )
        if wanted is not None
    ]
    return query.where(or_(*found))


def entries(id_: UUID) -> list[DealEntry]:
    """Return what happened to a deal, oldest first."""
    query = select(DealEntry).where(DealEntry.deal_id == id_).order_by(DealEntry.pos)
    return list(db.session.scalars(query))


def owed_by(customer_ids: Iterable[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """Return what each customer owes, per currency; merged cards count as one."""
    wanted = {each: same_customer(each) for each in customer_ids}
    if not wanted:
        return {}
    every = list({one for ids in wanted.values() for one in ids})
    found: dict[UUID, dict[str, Decimal]] = {each: {} for each in wanted}
    for customer, currency, owed in db.session.execute(_OWED, {"customers": every}):
        sums = found.setdefault(resolve(customer), {})
        sums[currency] = sums.get(currency, Decimal(0)) + owed
    return found


_OWED = (
    select(Deal.customer_id, Deal.currency, func.sum(Deal.owed, type_=Deal.owed.type))
    .where(Deal.customer_id.in_(bindparam("customers", expanding=True)))
    .group_by(Deal.customer_id, Deal.currency)
)
