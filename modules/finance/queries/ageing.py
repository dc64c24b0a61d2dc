"""How old what is owed is: per currency, and for whoever asks for a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, select

from core.clock import today
from core.columns import Money
from core.company import company
from core.db import db
from core.money import ZERO
from modules.finance.models import Receivable, ReceivableDue

#: The last day of each bucket of age; the first is what is not due yet, the last has no end.
_LAST_DAYS: Final = (0, 30, 60, 90, 180, 365, None)
BUCKETS: Final = len(_LAST_DAYS)
#: A literal, because only then the index of what is open is used.
OPEN: Final[ColumnElement[bool]] = ReceivableDue.open > literal_column("0")


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


def days_of(bucket: int) -> tuple[date, date | None]:
    """Return the youngest and the oldest day on which something of this age fell due."""
    last = _LAST_DAYS[bucket]
    youngest = today() - timedelta(days=(_LAST_DAYS[bucket - 1] or 0) + 1)
    return youngest, None if last is None else today() - timedelta(days=last)


def aged(bucket: int) -> ColumnElement[bool]:
    """Return the condition for a step of the plan to be of this age."""
    youngest, oldest = days_of(bucket)
    within = ReceivableDue.on_day <= youngest
    return within if oldest is None else and_(within, ReceivableDue.on_day >= oldest)


@dataclass
class Ageing:
    """What is owed in one currency, by age."""

    currency: str
    buckets: list[Decimal] = field(default_factory=lambda: [ZERO] * BUCKETS)

    @classmethod
    def young(cls, currency: str, owed: Decimal) -> "Ageing":
        """Return an amount of which nothing is known to be due."""
        return cls(currency, [owed] + [ZERO] * (BUCKETS - 1))

    def age(self, fallen_: Sequence[Decimal | None]) -> None:
        """Move what has fallen due, given from the second bucket on, out of the first."""
        for bucket, amount in enumerate(fallen_, start=1):
            self.buckets[bucket] += amount or ZERO
            self.buckets[0] -= amount or ZERO

    @property
    def owed(self) -> Decimal:
        """All of it."""
        return sum(self.buckets, ZERO)

    @property
    def overdue(self) -> Decimal:
        """What has fallen due."""
        return self.owed - self.buckets[0]


def ageing() -> list[Ageing]:
    """Return what is owed by age, the company's currency first."""
    owing = (
        select(Receivable.currency, total(Receivable.owed))
        .where(Receivable.owed > 0)
        .group_by(Receivable.currency)
    )
    found = {currency: Ageing.young(currency, owed) for currency, owed in db.session.execute(owing)}
    for currency, *amounts in db.session.execute(fallen(Receivable.currency)):
        found[currency].age(amounts)
    home = company().currency
    return sorted(found.values(), key=lambda each: (each.currency != home, each.currency))


def fallen(by: Any) -> Select[Any]:
    """Return the query for what has fallen due by a column, one sum for each bucket of age."""
    sums = [
        func.sum(case((aged(bucket), ReceivableDue.open), else_=literal_column("0")), type_=Money())
        for bucket in range(1, BUCKETS)
    ]
    return (
        select(by, *sums)
        .select_from(Receivable)
        .join(ReceivableDue, ReceivableDue.deal_id == Receivable.deal_id)
        .where(OPEN, ReceivableDue.on_day < today(), Receivable.owed > 0)
        .group_by(by)
    )


def total(column: Any) -> Any:
    """Return the sum of a column, still an amount."""
    return func.sum(column, type_=column.type)
