"""The rules that the head of finance sets."""

from core.db import db
from modules.finance.models import Setting
from modules.finance.queries.rules import INVOICE_AT, InvoiceAt


def choose_invoice_moment(moment: InvoiceAt) -> None:
    """Issue invoices by button only, or by themselves as soon as goods are shipped."""
    row = db.session.get(Setting, INVOICE_AT)
    if row is None:
        db.session.add(Setting(name=INVOICE_AT, value=moment))
    else:
        row.value = moment
    db.session.flush()
