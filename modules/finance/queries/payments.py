"""Money that came in and went out."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.search.index import customers_matching
from modules.finance.errors import PaymentNotFound
from modules.finance.models import Payment, PaymentAllocation, Refund


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which payments, refunds or invoices are asked for."""

    order: str = ""
    customer_id: UUID | None = None
    q: str = ""


def payment(number: str) -> Payment:
    """Return the payment with this number.

    Raises:
        PaymentNotFound: when there is none.
    """
    row = db.session.scalar(select(Payment).where(Payment.number == number))
    if row is None:
        raise PaymentNotFound(number=number)
    return row


def payments(wanted: Sought, *, limit: int = 50, after: str | None = None) -> Page[Payment]:
    """Return payments, newest first, a page at a time."""
    query = select(Payment)
    if wanted.order:
        query = query.where(Payment.id.in_(_of_orders(PaymentAllocation.order == wanted.order)))
    if wanted.customer_id:
        query = query.where(Payment.customer_id.in_(same_customer(wanted.customer_id)))
    if q := wanted.q.strip():
        named = or_(
            Payment.number.icontains(q, autoescape=True),
            Payment.id.in_(_of_orders(PaymentAllocation.order.icontains(q, autoescape=True))),
        )
        query = query.where(matching(named, Payment.customer_id, q))
    return newest(query, Payment, limit, after)


def refunds(wanted: Sought, *, limit: int = 50, after: str | None = None) -> Page[Refund]:
    """Return refunds, newest first, a page at a time."""
    query = select(Refund)
    if wanted.order:
        query = query.where(Refund.order == wanted.order)
    if wanted.customer_id:
        query = query.where(Refund.customer_id.in_(same_customer(wanted.customer_id)))
    if q := wanted.q.strip():
        named = or_(
            Refund.number.icontains(q, autoescape=True), Refund.order.icontains(q, autoescape=True)
        )
        query = query.where(matching(named, Refund.customer_id, q))
    return newest(query, Refund, limit, after)


def newest(query: Select[Any], model: Any, limit: int, after: str | None) -> Page[Any]:
    """Return a page of records, newest first; their ids sort by time."""
    if after:
        query = query.where(model.id < decode(after, "uuid")[0])
    rows = db.session.scalars(query.order_by(model.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def matching(named: ColumnElement[bool], customer_id: Any, q: str) -> ColumnElement[bool]:
    """Return the condition for a paper's own words, or for its customer."""
    customers = customers_matching(q)
    return named if customers is None else or_(named, customer_id.in_(customers))


def _of_orders(condition: ColumnElement[bool]) -> Select[UUID]:
    return select(PaymentAllocation.payment_id).where(condition)


def taken_today() -> list[tuple[str, str, Decimal]]:
    """Return today's takings as (currency, method, sum), without credit that was used."""
    amount = func.sum(Payment.amount, type_=Payment.amount.type)
    query = (
        select(Payment.currency, Payment.method, amount)
        .where(Payment.taken_on == today(), Payment.method != "credit")
        .group_by(Payment.currency, Payment.method)
        .order_by(Payment.currency, amount.desc())
    )
    return [(currency, method, sum_) for currency, method, sum_ in db.session.execute(query)]
