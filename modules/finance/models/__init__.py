"""Finance's records, which are appended and never changed, and its view of what is owed."""

from modules.finance.models.compensations import CompensatedGoods, PromisedCompensation
from modules.finance.models.invoices import CreditNote, CreditNoteLine, Invoice, InvoiceLine
from modules.finance.models.payments import (
    CreditEntry,
    Payment,
    PaymentAllocation,
    Refund,
    WriteOff,
)
from modules.finance.models.receivables import NO_DAY, SETTLED, Receivable, ReceivableDue
from modules.finance.models.settings import Setting

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
