"""What finance knows of customers, by which they can be found in segments."""

from typing import Any

from sqlalchemy import Select, select

from core.clock import today
from core.company import company
from modules.finance.models import Receivable, ReceivableDue


def overdue() -> Select[Any]:
    """Return what is overdue, step by step, in the company's currency."""
    query: Any = select(Receivable.customer_id, ReceivableDue.open)
    found: Select[Any] = query.join(ReceivableDue, ReceivableDue.deal_id == Receivable.deal_id)
    return found.where(
        ReceivableDue.open > 0,
        ReceivableDue.on_day < today(),
        Receivable.currency == company().currency,
    )
