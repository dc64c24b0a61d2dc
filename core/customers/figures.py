"""What a customer has bought and owes, in a few figures for the head of her card."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from uuid import UUID

from sqlalchemy import func, select, type_coerce

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal
from core.deals.queries import deals
from core.money import to_money

#: Only a customer with more open orders than these would show too little as overdue.
_MOST_OWING = 500
#: Orders from which her rhythm is read, intervals that make one, and how many of them are drawn.
_LOOKED_AT, _ENOUGH, _SHOWN = 400, 2, 12


#: What was called off or credited (for goods that came back, as an allowance) was not bought.
_BOUGHT = Deal.ordered - Deal.cancelled - Deal.credited


@dataclass(frozen=True)
class Figures:
    """All orders of one customer in one currency."""

    currency: str
    orders: int
    last_on: date
    bought: Decimal
    kept: Decimal
    owed: Decimal
    overdue: Decimal

    @property
    def average(self) -> Decimal:
        """What an order comes to on average, exact to the cent."""
        return to_money(self.bought / self.orders) if self.orders else Decimal(0)


@dataclass(frozen=True)
class Purchases:
    """How she buys in one currency: the last twelve months, and how often she comes."""

    currency: str
    #: First day of the month -> what she bought in it, the oldest first.
    months: dict[date, Decimal]
    #: The usual number of days between two days on which she bought; None for fewer than three.
    every_days: int | None
    #: Days between the purchases, the oldest first.
    gaps: tuple[int, ...]


def figures(customer_id: UUID) -> list[Figures]:
    """Return a customer's figures, one for each currency she ever bought in."""
    late: dict[str, Decimal] = {}
    for deal in deals(customer_id=customer_id, owing=True, limit=_MOST_OWING).items:
        late[deal.currency] = late.get(deal.currency, Decimal(0)) + deal.overdue
    amount = Deal.owed.type
    query = (
        select(
            Deal.currency,
            func.count(),
            func.max(Deal.sold_on),
            func.sum(_BOUGHT, type_=amount),
            func.sum(Deal.received - Deal.refunded, type_=amount),
            func.sum(Deal.owed, type_=amount),
        )
        .where(Deal.customer_id.in_(same_customer(customer_id)))
        .group_by(Deal.currency)
        .order_by(Deal.currency)
    )
    return [
        Figures(*row, overdue=late.get(row[0], Decimal(0))) for row in db.session.execute(query)
    ]


def purchases(customer_id: UUID, currency: str) -> Purchases:
    """Return how a customer buys, from her newest orders in one currency."""
    net = _BOUGHT
    query = (
        select(Deal.sold_on, type_coerce(net, Deal.ordered.type))
        .where(Deal.customer_id.in_(same_customer(customer_id)), Deal.currency == currency, net > 0)
        .order_by(Deal.sold_on.desc())
        .limit(_LOOKED_AT)
    )
    rows = db.session.execute(query).all()
    months = dict.fromkeys(_months(today()), Decimal(0))
    for sold_on, amount in rows:
        if (month := sold_on.replace(day=1)) in months:
            months[month] += amount
    days = sorted({row[0] for row in rows})
    gaps = tuple((later - earlier).days for earlier, later in pairwise(days))
    usual = round(median(gaps)) if len(gaps) >= _ENOUGH else None
    return Purchases(currency, months, usual, gaps[-_SHOWN:])


def _months(day: date) -> list[date]:
    """The first days of the twelve months that end with this one."""
    whole = day.year * 12 + day.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(whole - 11, whole + 1)]
