"""What a customer has bought and owes, in a few figures for the head of her card."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal
from core.deals.queries import deals

#: Only a customer with more open orders than these would show too little as overdue.
_MOST_OWING = 500


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
            func.sum(Deal.ordered - Deal.cancelled, type_=amount),
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
