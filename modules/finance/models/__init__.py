"""Finance's records, which are appended and never changed, and its view of what is owed."""

from modules.finance.models.books import (
    NO_DAY,
    SETTLED,
    CreditEntry,
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentAllocation,
    Receivable,
    ReceivableDue,
    Refund,
    Setting,
    WriteOff,
)
from modules.finance.models.compensations import CompensatedGoods, PromisedCompensation

__all__ = [
    "NO_DAY",
    "SETTLED",
    "CompensatedGoods",
    "CreditEntry",
    "CreditNote",
    "CreditNoteLine",
    "Invoice",
    "InvoiceLine",
    "Payment",
    "PaymentAllocation",
    "PromisedCompensation",
    "Receivable",
    "ReceivableDue",
    "Refund",
    "Setting",
    "WriteOff",
]
