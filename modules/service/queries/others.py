"""Who else got the same lot or product as a customer who complained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from core.customers.models import Customer
from core.customers.queries import named
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.deals.models import DealLine
from core.tasks.models import Task
from modules.service.models import Complaint, DeliveredGoods

#: How many are listed, and asked by one click.
MOST = 500


@dataclass(frozen=True)
class Other:
    """Somebody who has the same goods."""

    customer: Customer
    #: The latest order with them.
    order: str
    delivered_on: date
    lot: str
    #: Whether she has goods of the very same lot.
    same_lot: bool
    #: The task by which she is asked, once she is.
    task: Task | None


def others(complaint: Complaint, *, limit: int = MOST) -> list[Other]:
    """Return who else has goods of the same lot or product; those of the same lot first."""
    if not complaint.sku:
        return []
    hers = same_customer(complaint.customer_id)
    found: dict[UUID, tuple[str, date, str]] = {}
    for customer_id, number, day, lot in db.session.execute(_having(complaint, limit + len(hers))):
        if customer_id not in hers:
            found.setdefault(resolve(customer_id), (number, day, lot))
    cards, tasks = named(found), asked(complaint)
    return [
        Other(cards[id_], number, day, lot, bool(complaint.lot) and lot == complaint.lot,
              tasks.get(id_))
        for id_, (number, day, lot) in list(found.items())[:limit]
        if id_ in cards
    ]  # fmt: skip


def asked(complaint: Complaint) -> dict[UUID, Task]:
    """Return by which task each customer is asked."""
    query = select(Task).where(Task.unique_key.startswith(key_of(complaint, None), autoescape=True))
    rows: Sequence[Task] = db.session.scalars(query).all()
    return {resolve(row.customer_id): row for row in rows if row.customer_id is not None}


def key_of(complaint: Complaint, customer_id: UUID | None) -> str:
    """Return under which key a customer is asked: once for each complaint."""
    return f"service.ask:{complaint.id}:{customer_id or ''}"


def _having(complaint: Complaint, limit: int) -> Select[UUID, str, date, str]:
    """One row for each customer, lot and order; the same lot first, then the latest."""
    line = and_(
        DealLine.deal_id == DeliveredGoods.deal_id, DealLine.line_id == DeliveredGoods.line_id
    )
    is_lot = (DeliveredGoods.lot == complaint.lot) if complaint.lot else None
    last = func.max(DeliveredGoods.delivered_on)
    query = (
        select(
            DeliveredGoods.customer_id,
            func.max(DeliveredGoods.number),
            last,
            DeliveredGoods.lot,
        )
        .join(DealLine, line)
        .where(DealLine.sku == complaint.sku, DeliveredGoods.quantity > DeliveredGoods.returned)
        .group_by(DeliveredGoods.customer_id, DeliveredGoods.lot)
    )
    order = [is_lot.desc()] if is_lot is not None else []
    return query.order_by(*order, last.desc(), DeliveredGoods.customer_id).limit(2 * limit)
