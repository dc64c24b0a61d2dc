"""Which rules hold."""

from typing import Final, Literal, cast

from core.db import db
from modules.finance.models import Setting

InvoiceAt = Literal["button", "shipment"]
INVOICE_AT: Final = "invoice_at"


def invoice_moment() -> InvoiceAt:
    """Return when invoices are issued; by button, as long as nobody chose otherwise."""
    row = db.session.get(Setting, INVOICE_AT)
    return cast("InvoiceAt", row.value) if row else "button"
