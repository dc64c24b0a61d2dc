"""What finance shows on the pages of an order and of a customer."""

from typing import Any
from uuid import UUID

from core.deals.picture import Picture
from modules.finance.queries.credit import credit_of
from modules.finance.queries.invoices import credit_notes, invoices, open_amount
from modules.finance.queries.payments import Sought, payments, refunds
from modules.finance.words import fresh_key, method_name


def of_deal(picture: Picture) -> dict[str, Any]:
    """Return the papers of an order and what finance can do about it now."""
    of_order = Sought(order=picture.number)
    return {
        "payments": payments(of_order, limit=100).items,
        "refunds": refunds(of_order, limit=100).items,
        "invoices": invoices(of_order, limit=100).items,
        "credit_notes": credit_notes(picture.number),
        "to_invoice": open_amount(picture),
        "method_name": method_name,
        "fresh_key": fresh_key,
    }


def of_customer(customer_id: UUID) -> dict[str, Any] | None:
    """Return the customer's credit and her last payments; nothing when there are neither."""
    last = payments(Sought(customer_id=customer_id), limit=5).items
    credit = credit_of(customer_id)
    if not last and not credit:
        return None
    return {"credit": credit, "payments": last, "method_name": method_name}
