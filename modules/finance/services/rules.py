"""The rules that the head of finance sets."""

from core.db import db
from modules.finance.models import Setting
from modules.finance.queries.rules import ALLOWANCES, INVOICE_AT, Allowances, InvoiceAt


def choose_invoice_moment(moment: InvoiceAt) -> None:
    """Issue invoices by button only, or by themselves as soon as goods are shipped."""
    _set(INVOICE_AT, moment)


def choose_allowances(how: Allowances) -> None:
    """Book allowances that were promised to customers by themselves, or by button only."""
    _set(ALLOWANCES, how)


def _set(name: str, value: str) -> None:
    row = db.session.get(Setting, name)
    if row is None:
        db.session.add(Setting(name=name, value=value))
    else:
        row.value = value
    db.session.flush()
