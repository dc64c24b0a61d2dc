"""Invoice what was shipped, and take back on paper what came back."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select

from bus import publish
from core import aggregates
from core.clock import now, today
from core.customers.resolution import resolve
from core.db import db
from core.deals.picture import Picture
from core.ids import new_id
from core.live.hints import hint
from core.money import ZERO
from core.numbers import next_number
from core.people.identity import current_person
from modules.finance.errors import NothingToInvoice
from modules.finance.events import InvoiceCorrected, InvoiceIssued
from modules.finance.models import Invoice, InvoiceLine
from modules.finance.queries.goods import Part, not_invoiced
from modules.finance.services.findable import make_findable
from modules.finance.services.orders import locked
from modules.finance.services.refunds import about

_LINES: Final = aggregates.Part("lines", InvoiceLine, "position")
_INVOICES: Final = aggregates.Aggregate(Invoice, _LINES)


def issue_invoice(order: str) -> Invoice:
    """Invoice what the customer has and no invoice names yet.

    Raises:
        NothingToInvoice: when there is nothing of the kind.
    """
    picture = locked(order)
    invoice = invoice_shipped(picture, current_person().name)
    if invoice is None:
        raise NothingToInvoice(order=order)
    return invoice


def invoice_shipped(picture: Picture, by: str, cause: UUID | None = None) -> Invoice | None:
    """Issue the invoice of a locked deal; None when there is nothing to invoice."""
    parts = [part for part in not_invoiced(picture) if part.quantity > 0]
    if not parts or (cause and _known(cause)):
        return None
    invoice = _record(picture, parts, by, cause)
    publish(
        InvoiceIssued(
            **about(picture),
            document=invoice.number,
            amount=invoice.amount,
            invoice_id=invoice.id,
        )
    )
    hint("finance.invoices", invoice.number)
    return invoice


def correct_returned(picture: Picture, by: str, cause: UUID) -> Invoice | None:
    """Take back on paper what a locked deal has invoiced and the customer has no longer."""
    parts = [part for part in not_invoiced(picture) if part.quantity < 0]
    if not parts or _known(cause):
        return None
    corrected = _latest_with({part.line.line_id for part in parts}, picture.deal_id)
    invoice = _record(picture, parts, by, cause, corrected)
    publish(
        InvoiceCorrected(
            **about(picture),
            document=invoice.number,
            amount=invoice.amount,
            invoice_id=invoice.id,
            corrects=corrected,
        )
    )
    hint("finance.invoices", invoice.number)
    return invoice


def _known(cause: UUID) -> bool:
    return db.session.scalar(select(Invoice.id).where(Invoice.cause_id == cause)) is not None


def _latest_with(line_ids: set[UUID], deal_id: UUID) -> str:
    """Return the number of the last invoice that names one of these lines."""
    query = (
        select(Invoice.number)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(Invoice.deal_id == deal_id, Invoice.amount > 0, InvoiceLine.line_id.in_(line_ids))
        .order_by(Invoice.at.desc(), Invoice.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one()


def _record(
    picture: Picture,
    parts: Sequence[Part],
    by: str,
    cause: UUID | None,
    corrects: str | None = None,
) -> Invoice:
    invoice = _INVOICES.new(
        id=new_id(),
        number=next_number("IN"),
        deal_id=picture.deal_id,
        order=picture.number,
        customer_id=resolve(picture.customer_id),
        customer_name=picture.customer,
        seller_name=picture.salesperson,
        currency=picture.currency,
        amount=sum((part.amount for part in parts), ZERO),
        tax=sum((part.tax for part in parts), ZERO),
        issued_on=today(),
        due_on=None if corrects else picture.due_on,
        corrects=corrects,
        cause_id=cause,
        at=now(),
        by=by,
    )
    invoice.lines = [_line(invoice.id, place, part) for place, part in enumerate(parts)]
    _INVOICES.write([invoice])
    make_findable("invoice", invoice, "finance.invoice")
    return invoice


def _line(invoice_id: UUID, place: int, part: Part) -> InvoiceLine:
    line: InvoiceLine = _LINES.rows.like(
        invoice_id=invoice_id,
        position=place,
        line_id=part.line.line_id,
        sku=part.line.sku,
        name=part.line.name,
        unit=part.line.unit,
        quantity=part.quantity,
        unit_price=part.line.unit_price,
        amount=part.amount,
        tax=part.tax,
    )
    return line
