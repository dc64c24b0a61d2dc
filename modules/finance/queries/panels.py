"""What finance shows on the pages of an order and of a customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from core.deals.picture import Picture
from core.deals.queries import deals
from core.deals.risk import risks
from modules.finance.queries.credit import credit_of
from modules.finance.queries.invoices import credit_notes, invoices, open_amount
from modules.finance.queries.payments import Sought, payments, refunds
from modules.finance.words import fresh_key, method_name

_MANY = 100
#: More owing orders of one customer than this are not looked at on her card.
_ORDERS = 30


@dataclass(frozen=True)
class Paper:
    """One paper of an order as its page shows it."""

    number: str
    what: str
    at: datetime
    by: str
    amount: Decimal
    #: The kind of page that it has: "payment" or "invoice"; empty for none.
    page: str = ""


def of_deal(picture: Picture) -> dict[str, Any]:
    """Return the papers of an order and what finance can do about it now."""
    papers = sorted(_papers(picture.number), key=lambda paper: paper.at, reverse=True)
    return {"papers": papers, "to_invoice": open_amount(picture), "fresh_key": fresh_key}


def _papers(order: str) -> Iterator[Paper]:
    of_order = Sought(order=order)
    for payment in payments(of_order, limit=_MANY).items:
        what = _("Received: %(method)s", method=method_name(payment.method))
        amount = sum(part.amount for part in payment.allocations if part.order == order)
        yield Paper(payment.number, what, payment.at, payment.by, Decimal(amount), "payment")
    for refund in refunds(of_order, limit=_MANY).items:
        what = _("Given back: %(method)s", method=method_name(refund.method))
        yield Paper(refund.number, what, refund.at, refund.by, -refund.amount)
    for one in invoices(of_order, limit=_MANY).items:
        what = _("Corrects %(number)s", number=one.corrects) if one.corrects else _("Invoice")
        yield Paper(one.number, what, one.at, one.by, one.amount, "invoice")
    for note in credit_notes(order):
        yield Paper(note.number, note.reason, note.at, note.by, -note.amount)


def of_customer(customer_id: UUID) -> dict[str, Any] | None:
    """Return the customer's credit, her last payments, and what she may not pay, and why."""
    last = payments(Sought(customer_id=customer_id), limit=5).items
    credit = credit_of(customer_id)
    owing = deals(customer_id=customer_id, owing=True, limit=_ORDERS).items
    at_risk = [deal for deal in owing if risks(deal)]
    if not last and not credit and not at_risk:
        return None
    return {
        "credit": credit,
        "payments": last,
        "at_risk_deals": at_risk,
        "method_name": method_name,
    }
