"""Merged cards as one in a statement over all customers; for one, `core.customers.resolution`."""

from functools import cache
from typing import Any

from sqlalchemy import CTE, func, select

from core.customers.models import CustomerAlias


@cache
def leading() -> CTE:
    """Return which card stands for each card that was merged: alias_id, customer_id.

    It is one and the same object, so that a statement which asks twice works it out once.
    """
    steps = select(CustomerAlias.alias_id, CustomerAlias.customer_id).cte("steps", recursive=True)
    further = CustomerAlias.__table__.alias("further")
    steps = steps.union(
        select(steps.c.alias_id, further.c.customer_id).join(
            further, further.c.alias_id == steps.c.customer_id
        )
    )
    merged = select(CustomerAlias.alias_id)
    ends = select(steps.c.alias_id, steps.c.customer_id)
    return ends.where(steps.c.customer_id.not_in(merged)).cte("leading")


def standing_for(cards: CTE, customer_id: Any) -> Any:
    """Return the card that stands for a customer; `cards` must be joined by its alias_id."""
    return func.coalesce(cards.c.customer_id, customer_id)
