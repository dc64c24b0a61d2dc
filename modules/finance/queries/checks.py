"""What doctor asks finance: whether its own books add up."""

from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, func, select

from core.db import db
from core.deals.models import DealEntry
from core.money import ZERO, money_text
from core.numbers import NumberSeries
from modules.finance.models import CreditNote, Invoice, Payment, PaymentAllocation, Refund

#: Papers whose numbers have no gaps, by their series.
_SERIES: Final[dict[str, Any]] = {
    "RC": Payment.number,
    "CA": Payment.number,
    "RF": Refund.number,
    "IN": Invoice.number,
    "CN": CreditNote.number,
}


def difference() -> str | None:
    """Return what is wrong, or None."""
    return _split_payments() or _told_payments() or _gaps()


def _split_payments() -> str | None:
    """Every payment is its allocations and what was kept as credit."""
    parts = func.coalesce(func.sum(PaymentAllocation.amount), 0)
    query = (
        select(Payment.number)
        .outerjoin(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .group_by(Payment.id, Payment.number, Payment.amount, Payment.credit)
        .having(parts + Payment.credit != Payment.amount)
        .limit(1)
    )
    number = db.session.scalar(query)
    return f"payment {number} is not the sum of its allocations" if number else None


def _told_payments() -> str | None:
    """What payments were allocated to orders is what the deals were told."""
    paid = DealEntry.type.in_(("finance.deposit_received", "finance.payment_received"))
    ours = _sum(select(_total(PaymentAllocation.amount)))
    told = _sum(select(_total(DealEntry.amount)).where(paid))
    if ours == told:
        return None
    return f"payments add up to {money_text(ours)}, the deals say {money_text(told)}"


def _gaps() -> str | None:
    for row in db.session.scalars(select(NumberSeries).where(NumberSeries.series.in_(_SERIES))):
        column = _SERIES[row.series]
        prefix = f"{row.series}-{row.year}-"
        count = db.session.scalar(select(func.count(column)).where(column.startswith(prefix)))
        if count != row.last:
            return f"{prefix} has {count} papers, and {row.last} numbers were drawn"
    return None


def _sum(query: Select[Any]) -> Decimal:
    return db.session.scalar(query) or ZERO


def _total(column: Any) -> Any:
    return func.sum(column, type_=column.type)
