"""Which rules hold."""

from typing import Final, Literal, cast

from sqlalchemy import bindparam, select

from bus.kept import Kept
from core.db import connection
from modules.finance.models import Setting

InvoiceAt = Literal["button", "shipment"]
INVOICE_AT: Final = "invoice_at"
Allowances = Literal["itself", "button"]
ALLOWANCES: Final = "allowances"


def invoice_moment() -> InvoiceAt:
    """Return when invoices are issued; by button, as long as nobody chose otherwise."""
    return cast("InvoiceAt", _chosen(INVOICE_AT) or "button")


def allowances() -> Allowances:
    """Return how promised allowances are booked; by themselves, unless somebody chose otherwise."""
    return cast("Allowances", _chosen(ALLOWANCES) or "itself")


_SETTINGS = Setting.__table__
_READING = Kept(select(_SETTINGS.c.value).where(_SETTINGS.c.name == bindparam("name")))


def _chosen(name: str) -> str | None:
    found: str | None = _READING.scalar(connection(), {"name": name})
    return found
