"""Which rules hold."""

from typing import Final, Literal, cast

from core.db import db
from modules.finance.models import Setting

InvoiceAt = Literal["button", "shipment"]
INVOICE_AT: Final = "invoice_at"
Allowances = Literal["itself", "button"]
ALLOWANCES: Final = "allowances"


def invoice_moment() -> InvoiceAt:
    """Return when invoices are issued; by button, as long as nobody chose otherwise."""
    row = db.session.get(Setting, INVOICE_AT)
    return cast("InvoiceAt", row.value) if row else "button"


def allowances() -> Allowances:
    """Return how promised allowances are booked; by themselves, unless somebody chose otherwise."""
    row = db.session.get(Setting, ALLOWANCES)
    return cast("Allowances", row.value) if row else "itself"
