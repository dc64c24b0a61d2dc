"""Invoices, and what is still to be invoiced."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select, tuple_

from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal
from core.deals.picture import Picture, picture_of
from core.money import ZERO
from core.paging import Page, decode, encode
from core.search.index import customers_matching, refs_matching
from modules.finance.errors import InvoiceNotFound
from modules.finance.models import CreditNote, Invoice
from modules.finance.queries.goods import not_invoiced
from modules.finance.queries.payments import Sought, matching, newest


def invoice(number: str) -> Invoice:
    """Return the invoice with this number.

    Raises:
        InvoiceNotFound: when there is none.
    """
    row = db.session.scalar(select(Invoice).where(Invoice.number == number))
    if row is None:
        raise InvoiceNotFound(number=number)
    return row


def invoices(wanted: Sought, *, limit: int = 50, after: str | None = None) -> Page[Invoice]:
    """Return invoices, newest first, a page at a time."""
    query = select(Invoice)
    if wanted.order:
        query = query.where(Invoice.order == wanted.order)
    if wanted.customer_id:
        query = query.where(Invoice.customer_id.in_(same_customer(wanted.customer_id)))
    if q := wanted.q.strip():
        named = or_(
            Invoice.number.icontains(q, autoescape=True),
            Invoice.order.icontains(q, autoescape=True),
        )
        query = query.where(matching(named, Invoice.customer_id, q))
    return newest(query, Invoice, limit, after)


def credit_notes(order: str) -> list[CreditNote]:
    """Return the credit notes of an order, oldest first."""
    query = select(CreditNote).where(CreditNote.order == order).order_by(CreditNote.id)
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class ToInvoice:
    """An order with goods at the customer's that no invoice names."""

    deal: Picture
    amount: Decimal

    @property
    def number(self) -> str:
        """The order's number."""
        return self.deal.number


def open_amount(picture: Picture) -> Decimal:
    """Return the worth of what the customer has and no invoice names."""
    return sum((part.amount for part in not_invoiced(picture) if part.quantity > 0), ZERO)


def to_invoice(q: str = "", *, limit: int = 50, after: str | None = None) -> Page[ToInvoice]:
    """Return the orders with something to invoice, oldest first, a page at a time."""
    query = select(Deal).where(
        Deal.shipped - Deal.returned > Deal.invoiced, Deal.historical.is_(False)
    )
    if q.strip():
        query = query.where(_about(q))
    if after:
        query = query.where(tuple_(Deal.sold_on, Deal.id) > tuple_(*decode(after, "date", "uuid")))
    query = query.order_by(Deal.sold_on, Deal.id).limit(limit + 1)
    rows = db.session.scalars(query).all()
    last = rows[limit - 1] if len(rows) > limit else None
    pictures = [picture_of(row) for row in rows[:limit]]
    found = [ToInvoice(each, open_amount(each)) for each in pictures]
    # The figures compared above are rounded each for itself: a cent is no goods.
    items = [each for each in found if each.amount]
    return Page(items, encode(last.sold_on, last.id) if last else None)


def _about(q: str) -> ColumnElement[bool]:
    numbers, customers = refs_matching("order", q), customers_matching(q)
    if numbers is None or customers is None:
        return Deal.number == ""
    return or_(Deal.number.in_(numbers), Deal.customer_id.in_(customers))
