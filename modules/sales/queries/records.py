"""One order, and what was done to it in sales."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.deals.models import Deal
from modules.sales.errors import OrderNotFound
from modules.sales.models import Order, OrderEntry, OrderLine


def order(number: str) -> Order:
    """Return the order or quotation with this number.

    Raises:
        OrderNotFound: when there is none.
    """
    row = db.session.scalar(select(Order).where(Order.number == number))
    if row is None:
        raise OrderNotFound(order=number)
    return row


def order_or_none(number: str) -> Order | None:
    """Return the order with this number, or None: another module may have made the deal."""
    return db.session.scalar(select(Order).where(Order.number == number))


def stage(row: Order) -> str:
    """Return where an order stands: its own state, or once it is sold its deal's stage."""
    if row.state == "quotation":
        return row.state
    return db.session.scalar(select(Deal.stage).where(Deal.id == row.id)) or row.state


def has_deal(row: Order) -> bool:
    """Tell whether the order was ever confirmed."""
    return db.session.get(Deal, row.id) is not None


def entries(order_id: UUID) -> list[OrderEntry]:
    """Return who did what in sales, oldest first."""
    query = select(OrderEntry).where(OrderEntry.order_id == order_id)
    return list(db.session.scalars(query.order_by(OrderEntry.at, OrderEntry.id)))


def line_prices(ids: Collection[UUID]) -> dict[tuple[UUID | None, str], Decimal]:
    """Return what lines were sold for, by line and product: what stays if no price is entered."""
    query = select(OrderLine).where(OrderLine.id.in_(ids))
    return {(row.id, row.sku): row.unit_price for row in db.session.scalars(query)} if ids else {}
