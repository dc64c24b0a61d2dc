"""What loyalty can look up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.customers.models import Customer
from core.db import db
from modules.loyalty.models import Balance


@dataclass(frozen=True)
class Collector:
    """A customer who collects points."""

    id: UUID
    name: str
    points: int


def points_of(customer_id: UUID) -> int:
    """Return how many points a customer has."""
    balance = db.session.get(Balance, customer_id)
    return balance.points if balance else 0


def collectors() -> Sequence[Collector]:
    """Return the customers with the most points."""
    query = select(Customer.id, Customer.name, Balance.points).join(
        Balance, Balance.customer_id == Customer.id
    )
    rows = db.session.execute(query.order_by(Balance.points.desc(), Customer.id).limit(50))
    return [Collector(*row) for row in rows]


def collector_count() -> int:
    """Return how many customers have points, for the menu."""
    query = select(func.count()).select_from(Balance).where(Balance.points > 0)
    return db.session.scalar(query) or 0


def customer_panel(customer_id: UUID, **_page: Any) -> dict[str, Any]:
    """Return what loyalty adds to a customer's page."""
    return {"points": points_of(customer_id)}
