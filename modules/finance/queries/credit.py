"""What is kept for customers."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from core.customers.resolution import same_customer
from core.db import db
from modules.finance.models import CreditEntry


def credit_of(customer_id: UUID) -> dict[str, Decimal]:
    """Return a customer's credit per currency, under all of her cards; without zeros."""
    total = func.sum(CreditEntry.amount, type_=CreditEntry.amount.type)
    query = (
        select(CreditEntry.currency, total)
        .where(CreditEntry.customer_id.in_(same_customer(customer_id)))
        .group_by(CreditEntry.currency)
        .order_by(CreditEntry.currency)
    )
    return {currency: amount for currency, amount in db.session.execute(query) if amount}
