"""Give money back, keep it as credit instead, or give up what will not be paid."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from bus import publish
from core.clock import today
from core.company import company
from core.customers.queries import customer
from core.customers.resolution import resolve
from core.db import db
from core.deals.picture import Picture
from core.live.hints import hint
from core.numbers import next_number
from core.people.identity import current_person
from modules.finance.errors import RefundTooLarge, WriteOffTooLarge
from modules.finance.events import BalanceWrittenOff, PaymentRefunded
from modules.finance.models import Refund, WriteOff
from modules.finance.services import credit
from modules.finance.services.orders import locked
from modules.finance.services.tender import CREDIT


def refund(order: str, amount: Decimal, method: str, reason: str) -> Refund:
    """Give money of an order back; with the method "credit" it stays as the customer's credit.

    Raises:
        RefundTooLarge: when the rest would no longer pay for the goods that the customer has.
    """
    picture = locked(order)
    if amount > picture.refundable:
        raise RefundTooLarge(picture.refundable, picture.currency, order=order)
    given = _recorded(
        deal_id=picture.deal_id,
        order=picture.number,
        customer_id=resolve(picture.customer_id),
        customer_name=picture.customer,
        currency=picture.currency,
        amount=amount,
        method=method,
        reason=reason,
    )
    if method == CREDIT:
        credit.keep(given.customer_id, amount, given.currency, given.number)
    publish(
        PaymentRefunded(
            **about(picture),
            document=given.number,
            payment_id=given.id,
            amount=amount,
            method=method,
            reason=reason,
        )
    )
    return given


def give_credit_back(
    customer_id: UUID, amount: Decimal, method: str, reason: str, currency: str = ""
) -> Refund:
    """Give money back that was kept as the customer's credit.

    Raises:
        CustomerNotFound: when there is no such customer.
        CreditShort: when less is there.
    """
    card = customer(customer_id)
    given = _recorded(
        customer_id=card.id,
        customer_name=card.name,
        currency=currency or company().currency,
        amount=amount,
        method=method,
        reason=reason,
    )
    credit.use(card.id, amount, given.currency, given.number)
    return given


def _recorded(**what: Any) -> Refund:
    given = Refund(number=next_number("RF"), by=current_person().name, **what)
    db.session.add(given)
    db.session.flush()
    hint("finance.payments", given.number)
    return given


def write_off(order: str, amount: Decimal, reason: str) -> WriteOff:
    """Give up a part of what is owed.

    Raises:
        WriteOffTooLarge: when less is owed.
    """
    picture = locked(order)
    if amount > picture.owed:
        raise WriteOffTooLarge(picture.owed, picture.currency, order=order)
    given_up = WriteOff(
        number=next_number("WO"),
        deal_id=picture.deal_id,
        order=picture.number,
        currency=picture.currency,
        amount=amount,
        reason=reason,
        by=current_person().name,
    )
    db.session.add(given_up)
    db.session.flush()
    publish(
        BalanceWrittenOff(**about(picture), document=given_up.number, amount=amount, reason=reason)
    )
    return given_up


def about(picture: Picture) -> dict[str, Any]:
    """Return what every fact says of its deal, as of today."""
    return {
        "deal_id": picture.deal_id,
        "number": picture.number,
        "customer_id": picture.customer_id,
        "customer_name": picture.customer,
        "currency": picture.currency,
        "happened_on": today(),
    }
