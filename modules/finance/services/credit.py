"""The customer's credit: money of hers that belongs to no order yet."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from core.customers.models import Customer
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.money import ZERO
from core.people.identity import current_person
from modules.finance.errors import CreditShort
from modules.finance.models import CreditEntry
from modules.finance.queries.credit import credit_of


def keep(customer_id: UUID, amount: Decimal, currency: str, document: str) -> None:
    """Keep money for the customer."""
    _append(customer_id, amount, currency, document)


def use(customer_id: UUID, amount: Decimal, currency: str, document: str) -> None:
    """Use some of what is kept for the customer.

    Raises:
        CreditShort: when less is there.
    """
    _hold(customer_id)
    there = credit_of(customer_id).get(currency, ZERO)
    if amount > there:
        raise CreditShort(there, currency)
    _append(customer_id, -amount, currency, document)


def _append(customer_id: UUID, amount: Decimal, currency: str, document: str) -> None:
    db.session.add(
        CreditEntry(
            customer_id=resolve(customer_id),
            currency=currency,
            amount=amount,
            document=document,
            by=current_person().name,
        )
    )


def _hold(customer_id: UUID) -> None:
    """Let nobody else use this credit until the transaction ends.

    After the deals' locks, and weak enough not to stop those who only refer to the customer.
    """
    ids = sorted(same_customer(customer_id))
    query = select(Customer.id).where(Customer.id.in_(ids)).order_by(Customer.id)
    db.session.execute(query.with_for_update(key_share=True))
