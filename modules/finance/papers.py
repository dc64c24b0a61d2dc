"""Receipts and invoices as the company hands them over."""

from decimal import Decimal
from typing import cast
from uuid import UUID

from core.customers.queries import named
from core.deals.facts import DueKind
from core.money import ZERO, tax_contained
from core.papers.papers import Allocation, Line, Party, Receipt, letterhead
from core.papers.papers import Invoice as InvoicePaper
from core.papers.render import render
from core.web.languages import current_language
from modules.finance.models import Invoice, InvoiceLine, Payment
from modules.finance.words import method_name


def receipt_pdf(payment: Payment) -> bytes:
    """Return the receipt of a payment."""
    parts = payment.allocations
    paper = Receipt(
        company=letterhead(),
        number=payment.number,
        on=payment.taken_on,
        payer=payment.customer_name,
        amount=payment.amount,
        currency=payment.currency,
        method=method_name(payment.method),
        allocations=tuple(
            Allocation(
                order_number=part.order, amount=part.amount, kind=cast("DueKind | None", part.kind)
            )
            for part in parts
        ),
        credit=payment.credit,
        still_owed=sum((part.owed_after for part in parts), ZERO) if parts else None,
        received_by=payment.by,
        handled_by=payment.by,
    )
    return render(paper, current_language().code)


def invoice_pdf(invoice: Invoice) -> bytes:
    """Return the invoice, or the credit note that corrects one."""
    paper = InvoicePaper(
        company=letterhead(),
        number=invoice.number,
        on=invoice.issued_on,
        customer=_party(invoice.customer_id, invoice.customer_name),
        lines=tuple(_line(line) for line in invoice.lines),
        currency=invoice.currency,
        order_number=invoice.order,
        due_on=invoice.due_on,
        seller_name=invoice.seller_name,
        corrects=invoice.corrects or "",
    )
    return render(paper, current_language().code)


def _party(customer_id: UUID, name: str) -> Party:
    card = named([customer_id]).get(customer_id)
    if card is None:
        return Party(name=name)
    return Party(name=name, address=card.address, phone=card.phone)


def _line(line: InvoiceLine) -> Line:
    return Line(
        name=line.name,
        sku=line.sku,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
        tax_rate=_rate(line.amount, line.tax),
        amount=line.amount,
        tax=line.tax,
    )


def _rate(amount: Decimal, tax: Decimal) -> Decimal | None:
    """Return the rate in whole percent that gives this tax; None when none does."""
    net = amount - tax
    rate = (tax * 100 / net).quantize(Decimal(1)) if net else ZERO
    return rate if tax_contained(amount, rate) == tax else None
