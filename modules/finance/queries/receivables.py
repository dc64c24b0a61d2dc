"""Who owes what, by age, customer and salesperson."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Literal
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select, tuple_

from core.clock import today
from core.company import company
from core.customers.resolution import same_customer
from core.db import db
from core.money import ZERO
from core.paging import Page, decode, encode
from core.search.index import customers_matching, refs_matching
from modules.finance.models import SETTLED, Receivable, ReceivableDue

State = Literal["owing", "overdue", "later", "back", "all"]
#: Each bucket of age with its last day; the first is what is not due yet.
_LAST_DAYS: Final = (0, 30, 60, 90, 180, 365, None)
BUCKETS: Final = len(_LAST_DAYS)


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
#: A literal, because only then the index of what is open is used.
_OPEN: ColumnElement[bool] = ReceivableDue.open > literal_column("0")


def _aged(bucket: int) -> list[ColumnElement[bool]]:
    """Return the conditions for having something open of this age."""
    if bucket == 0:
        # What is not due is whatever the fallen steps leave.
        fallen = (
            select(func.coalesce(func.sum(ReceivableDue.open), 0))
            .where(ReceivableDue.deal_id == Receivable.deal_id, ReceivableDue.on_day < today())
            .scalar_subquery()
        )
        return [Receivable.falls_on < SETTLED, Receivable.owed > fallen]
    first, last = _days(bucket)
    steps = select(ReceivableDue.deal_id).where(_OPEN, ReceivableDue.on_day <= first)
    if last is not None:
        steps = steps.where(ReceivableDue.on_day >= last)
    return [Receivable.falls_on < SETTLED, Receivable.deal_id.in_(steps)]


def _days(bucket: int) -> tuple[date, date | None]:
    """Return the youngest and the oldest day of a bucket."""
    last = _LAST_DAYS[bucket]
    youngest = today() - timedelta(days=(_LAST_DAYS[bucket - 1] or 0) + 1)
    return youngest, None if last is None else today() - timedelta(days=last)


def bucket_of(day: date | None, on: date) -> int:
    """Return the bucket of a step that fell due on a day."""
    late = (on - day).days if day else 0
    return next(place for place, last in enumerate(_LAST_DAYS) if last is None or late <= last)


def bucket_names() -> list[str]:
    """Return what the buckets are called."""
    return [
        _("Not due"),
        _("1–30 days"),
        _("31–60 days"),
        _("61–90 days"),
        _("91–180 days"),
        _("181–365 days"),
        _("Over a year"),
    ]


@dataclass
class Ageing:
    """What is owed in one currency, by age."""

    currency: str
    buckets: list[Decimal] = field(default_factory=lambda: [ZERO] * BUCKETS)

    @property
    def owed(self) -> Decimal:
        """All of it."""
        return sum(self.buckets, ZERO)

    @property
    def overdue(self) -> Decimal:
        """What has fallen due."""
        return self.owed - self.buckets[0]


def ageing(wanted: Filter | None = None) -> list[Ageing]:
    """Return what is owed by age, the company's currency first."""
    where = [Receivable.owed > 0, *(conditions(wanted) if wanted else ())]
    found: dict[str, Ageing] = {}
    for currency, owed in db.session.execute(
        select(Receivable.currency, total(Receivable.owed)).where(*where).group_by("currency")
    ):
        found[currency] = Ageing(currency, [owed] + [ZERO] * (BUCKETS - 1))
    for currency, day, amount in db.session.execute(fallen(Receivable.currency).where(*where)):
        age(found[currency], day, amount)
    home = company().currency
    return sorted(found.values(), key=lambda each: (each.currency != home, each.currency))


def fallen(*by: Any) -> Select[Any]:
    """Return the query for what has fallen due, by these columns and by day."""
    return (
        select(*by, ReceivableDue.on_day, total(ReceivableDue.open))
        .select_from(Receivable)
        .join(ReceivableDue, ReceivableDue.deal_id == Receivable.deal_id)
        .where(_OPEN, ReceivableDue.on_day < today())
        .group_by(*by, ReceivableDue.on_day)
    )


def age(ageing: Ageing, day: date, amount: Decimal) -> None:
    """Move what fell due on a day from "not due" into its bucket."""
    ageing.buckets[bucket_of(day, today())] += amount
    ageing.buckets[0] -= amount


def total(column: Any) -> Any:
    """Return the sum of a column, still an amount."""
    return func.sum(column, type_=column.type)


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
