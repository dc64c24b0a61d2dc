"""Who owes what, by age, customer and salesperson."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.search.index import customers_matching, refs_matching
from modules.finance.models import SETTLED, Receivable, ReceivableDue
from modules.finance.queries.ageing import OPEN, aged

State = Literal["owing", "overdue", "later", "back", "all"]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which receivables are asked for."""

    state: State = "all"
    customer_id: UUID | None = None
    seller_id: UUID | None = None
    #: A bucket of age, from 0 (not due) to 6 (over a year).
    age: int | None = None
    q: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether something besides the state is asked for."""
        return bool(self.customer_id or self.seller_id or self.q or self.age is not None)


def receivables(
    wanted: Filter, *, sort: str = "due", limit: int = 50, after: str | None = None
) -> Page[Receivable]:
    """Return receivables, what is due first at the top (or the largest: sort "-owed")."""
    query = select(Receivable).where(*conditions(wanted))
    if sort == "-owed":
        return _largest_first(query, limit, after)
    query = query.order_by(Receivable.falls_on, Receivable.deal_id)
    if after:
        key = tuple_(Receivable.falls_on, Receivable.deal_id)
        query = query.where(key > tuple_(*decode(after, "date", "uuid")))
    rows = db.session.scalars(query.limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], encode(last.falls_on, last.deal_id) if last else None)


def _largest_first(query: Select[Receivable], limit: int, after: str | None) -> Page[Receivable]:
    if after:
        cents, id_ = decode(after, "int", "uuid")
        owed = Decimal(cents).scaleb(-2)
        same = and_(Receivable.owed == owed, Receivable.deal_id < id_)
        query = query.where(or_(Receivable.owed < owed, same))
    query = query.order_by(Receivable.owed.desc(), Receivable.deal_id.desc())
    rows = db.session.scalars(query.limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], encode(_cents(last.owed), last.deal_id) if last else None)


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the filter as conditions on receivables."""
    found = list(_STATES[wanted.state]())
    if wanted.customer_id is not None:
        found.append(Receivable.customer_id.in_(same_customer(wanted.customer_id)))
    if wanted.seller_id is not None:
        found.append(Receivable.seller_id == wanted.seller_id)
    if wanted.age is not None:
        found += _aged(wanted.age)
    if wanted.q.strip():
        found.append(_matching(wanted.q))
    return found


def _matching(q: str) -> ColumnElement[bool]:
    numbers, customers = refs_matching("order", q), customers_matching(q)
    if numbers is None or customers is None:
        return false()
    return or_(Receivable.number.in_(numbers), Receivable.customer_id.in_(customers))


#: What is settled stands behind all days: one index finds every state and its order.
_STATES: dict[str, Callable[[], tuple[ColumnElement[bool], ...]]] = {
    "all": lambda: (),
    "owing": lambda: (Receivable.falls_on < SETTLED,),
    "overdue": lambda: (Receivable.falls_on < today(),),
    "later": lambda: (Receivable.falls_on >= today(), Receivable.falls_on < SETTLED),
    "back": lambda: (Receivable.owed < 0,),
}


def _aged(bucket: int) -> list[ColumnElement[bool]]:
    """Return the conditions for having something open of this age."""
    owing = Receivable.falls_on < SETTLED
    if bucket:
        steps = select(ReceivableDue.deal_id).where(OPEN, aged(bucket))
        return [owing, Receivable.deal_id.in_(steps)]
    # What is not due is whatever the fallen steps leave.
    fallen = (
        select(func.coalesce(func.sum(ReceivableDue.open), 0))
        .where(ReceivableDue.deal_id == Receivable.deal_id, ReceivableDue.on_day < today())
        .scalar_subquery()
    )
    return [owing, Receivable.owed > fallen]


def overdue_count() -> int:
    """Return how many orders are overdue, for the menu."""
    return count(Filter(state="overdue"))


def count(wanted: Filter) -> int:
    """Return how many receivables there are."""
    query = select(func.count()).select_from(Receivable).where(*conditions(wanted))
    return db.session.scalar(query) or 0


def seller_name(seller_id: UUID) -> str:
    """Return what a salesperson is called on the last of her orders."""
    query = select(Receivable.seller_name).where(Receivable.seller_id == seller_id).limit(1)
    return db.session.scalar(query.order_by(Receivable.sold_on.desc())) or ""
