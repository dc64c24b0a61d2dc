"""Who owes most: the receivables of each customer, or those of each salesperson's customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, or_, select

from core.customers.models import CustomerAlias
from core.db import db
from core.paging import Page, decode, encode
from modules.finance.models import Receivable
from modules.finance.queries.ageing import Ageing, fallen

By = Literal["customer", "salesperson"]

#: Cards that were found to be one customer count as one.
_CUSTOMER: Any = func.coalesce(CustomerAlias.customer_id, Receivable.customer_id)
_KEYS: dict[str, tuple[Any, Any]] = {
    "customer": (_CUSTOMER, Receivable.customer_name),
    "salesperson": (Receivable.seller_id, Receivable.seller_name),
}


@dataclass(frozen=True)
class Debtor:
    """What is owed by one customer, or for one salesperson, in one currency."""

    id: UUID
    name: str
    orders: int
    ageing: Ageing


def debtors(by: By, *, currency: str, limit: int = 50, after: str | None = None) -> Page[Debtor]:
    """Return who owes most in a currency, a page at a time."""
    key, name = _KEYS[by]
    owed = func.sum(Receivable.owed, type_=Receivable.owed.type)
    query = (
        _joined(select(key, func.max(name), func.count(), owed), by)
        .where(Receivable.owed > 0, Receivable.currency == currency)
        .group_by(key)
        .order_by(owed.desc(), key.desc())
        .limit(limit + 1)
    )
    if after:
        cents, id_ = decode(after, "int", "uuid")
        less = Decimal(cents).scaleb(-2)
        query = query.having(or_(owed < less, (owed == less) & (key < id_)))
    rows = db.session.execute(query).all()
    found = [
        Debtor(id_, label, orders, Ageing.young(currency, sum_))
        for id_, label, orders, sum_ in rows[:limit]
    ]
    _add_ages(found, by, currency)
    last = found[-1] if len(rows) > limit else None
    return Page(found, encode(int(last.ageing.owed.scaleb(2)), last.id) if last else None)


def _joined(query: Any, by: By) -> Any:
    if by == "salesperson":
        return query.select_from(Receivable)
    return query.select_from(Receivable).outerjoin(
        CustomerAlias, CustomerAlias.alias_id == Receivable.customer_id
    )


def _add_ages(found: Sequence[Debtor], by: By, currency: str) -> None:
    key, _name = _KEYS[by]
    known = {each.id: each for each in found}
    query = fallen(key)
    if by == "customer":
        query = query.outerjoin(CustomerAlias, CustomerAlias.alias_id == Receivable.customer_id)
    query = query.where(Receivable.currency == currency, key.in_(list(known)))
    for id_, *amounts in db.session.execute(query):
        known[id_].ageing.age(amounts)


def debtor_count() -> int:
    """Return how many customers owe something."""
    query = select(func.count(_CUSTOMER.distinct())).where(Receivable.owed > 0)
    return db.session.scalar(_joined(query, "customer")) or 0
