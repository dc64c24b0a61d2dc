"""What the goods of an order are worth on an invoice, and how much of them is invoiced."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, func, select

from bus.kept import Kept
from core.db import connection, db
from core.deals.picture import Line, Picture
from core.money import ZERO, to_money
from modules.finance.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine


@dataclass(frozen=True)
class Part:
    """A quantity of one line and what it is worth; negative where it takes something back."""

    line: Line
    quantity: Decimal
    amount: Decimal
    tax: Decimal


def not_invoiced(picture: Picture) -> list[Part]:
    """Return what the customer has and no invoice names; negative where she gave it back.

    Imported history was invoiced elsewhere.
    """
    if picture.historical:
        return []
    invoiced = _invoiced(picture.deal_id)
    parts = []
    for line in picture.lines:
        before = invoiced[line.line_id]
        if quantity := line.with_customer - before:
            parts.append(part_of(line, before, quantity))
    return parts


def part_of(line: Line, before: Decimal, quantity: Decimal) -> Part:
    """Return the worth of a quantity after another one.

    As the difference of two totals, so that the parts of a line always add up to the line.
    """
    after = before + quantity
    amount = line.value(after) - line.value(before)
    return Part(line, quantity, amount, _tax(line, after) - _tax(line, before))


def _tax(line: Line, quantity: Decimal) -> Decimal:
    return to_money(line.tax * quantity / line.ordered) if line.ordered else ZERO


_INVOICED = Kept(
    select(InvoiceLine.line_id, func.sum(InvoiceLine.quantity, type_=InvoiceLine.quantity.type))
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(Invoice.deal_id == bindparam("deal_id"))
    .group_by(InvoiceLine.line_id)
)


def _invoiced(deal_id: UUID) -> defaultdict[UUID, Decimal]:
    return defaultdict(Decimal, dict(_INVOICED.rows(connection(), {"deal_id": deal_id})))


def credited(deal_id: UUID) -> defaultdict[UUID, Decimal]:
    """Return how much of each line credit notes have credited."""
    total = func.sum(CreditNoteLine.quantity, type_=CreditNoteLine.quantity.type)
    query = (
        select(CreditNoteLine.line_id, total)
        .join(CreditNote, CreditNote.id == CreditNoteLine.credit_note_id)
        .where(CreditNote.deal_id == deal_id)
        .group_by(CreditNoteLine.line_id)
    )
    return defaultdict(Decimal, dict(db.session.execute(query).all()))
