"""Write orders of the past into the books, set-wise: as sales' records and as facts for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import insert, select

from bus import Event, publish_many
from core.customers.drafts import CustomerDraft
from core.customers.models import Customer
from core.customers.services import create_customers
from core.db import db
from core.deals.facts import GoodsLine, SoldLine
from core.deals.models import Deal
from core.ids import new_id
from core.money import tax_contained, to_money
from core.people.identity import current_person_or_none
from core.products.drafts import ProductDraft
from core.products.models import Product
from core.products.services import create_products
from modules.sales.events import PastDelivery, PastPayment, PastSale
from modules.sales.models import Order, OrderLine

#: Who sold what was imported from a terminal: nobody who works here.
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order of one line as a file tells it."""

    order_ref: str
    ordered_on: date
    customer_ref: str
    sku: str
    quantity: Decimal
    amount: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Goods:
    """What was bought."""

    sku: str
    name: str
    unit: str
    tax_rate: Decimal


class Books:
    """Collects some orders and writes them set-wise."""

    def __init__(self, currency: str) -> None:
        person = current_person_or_none()
        self.currency = currency
        self.seller_id = person.id if person else _NOBODY
        self.seller_name = person.name if person else _("Taken over")
        self.orders: list[dict[str, object]] = []
        self.lines: list[dict[str, object]] = []
        self.events: list[Event] = []

    def enter(self, row: PastOrder, buyer: Buyer, goods: Goods) -> None:
        """Enter one order: as sales' record, and as what everybody is told."""
        deal_id, line_id = new_id(), new_id()
        sold = SoldLine(
            line_id=line_id,
            sku=goods.sku,
            name=goods.name,
            unit=goods.unit,
            quantity=row.quantity,
            unit_price=to_money(row.amount / row.quantity),
            amount=row.amount,
            tax=tax_contained(row.amount, goods.tax_rate),
        )
        self.orders.append(self._order(row, deal_id, buyer))
        self.lines.append(_line(deal_id, sold, goods))
        said: dict[str, Any] = {
            "deal_id": deal_id,
            "number": row.order_ref,
            "customer_id": buyer.id,
            "customer_name": buyer.name,
            "currency": self.currency,
            "happened_on": row.ordered_on,
            "document": row.order_ref,
            "historical": True,
        }
        by: dict[str, Any] = {"seller_id": self.seller_id, "seller_name": self.seller_name}
        self.events += (
            PastSale(**said, **by, lines=(sold,)),
            PastDelivery(**said, lines=(GoodsLine(line_id=line_id, quantity=row.quantity),)),
            PastPayment(**said, payment_id=new_id(), amount=row.amount, method="other"),
        )

    def write(self) -> None:
        """Write records and facts."""
        db.session.execute(insert(Order), self.orders)
        db.session.execute(insert(OrderLine), self.lines)
        publish_many(self.events)

    def _order(self, row: PastOrder, deal_id: UUID, buyer: Buyer) -> dict[str, object]:
        return {
            "id": deal_id,
            "number": row.order_ref,
            "customer_id": buyer.id,
            "customer_name": buyer.name,
            "seller_id": self.seller_id,
            "seller_name": self.seller_name,
            "currency": self.currency,
            "state": "confirmed",
            "dated_on": row.ordered_on,
            "total": row.amount,
            "imported": True,
        }


def _line(order_id: UUID, sold: SoldLine, goods: Goods) -> dict[str, object]:
    return {
        "id": sold.line_id,
        "order_id": order_id,
        "position": 1,
        "sku": sold.sku,
        "name": sold.name,
        "unit": sold.unit,
        "quantity": sold.quantity,
        "unit_price": sold.unit_price,
        "tax_rate": goods.tax_rate,
        "amount": sold.amount,
        "tax": sold.tax,
    }


def written_here(numbers: Sequence[str]) -> set[str]:
    """Return those numbers that belong to deals which no import has made."""
    query = select(Deal.number).where(Deal.number.in_(numbers), Deal.historical.is_(False))
    quoted = select(Order.number).where(Order.number.in_(numbers), Order.imported.is_(False))
    return {*db.session.scalars(query), *db.session.scalars(quoted)}


def known(numbers: Sequence[str]) -> set[str]:
    """Return those numbers that are in the books already."""
    return set(db.session.scalars(select(Deal.number).where(Deal.number.in_(numbers))))


def buyers_of(rows: Sequence[PastOrder]) -> dict[str, Buyer]:
    """Return the customers by their numbers; a card is opened for whoever has none."""
    wanted = {row.customer_ref for row in rows}
    query = select(Customer.code, Customer.id, Customer.name).where(Customer.code.in_(wanted))
    found = {str(code): Buyer(id_, name) for code, id_, name in db.session.execute(query)}
    missing = sorted(wanted - found.keys())
    ids = create_customers([CustomerDraft(name=code, code=code) for code in missing])
    return found | {code: Buyer(id_, code) for code, id_ in zip(missing, ids, strict=True)}


def goods_of(rows: Sequence[PastOrder], currency: str) -> dict[str, Goods]:
    """Return the products by their numbers; what is unknown is entered with the row's price."""
    first: dict[str, PastOrder] = {}
    for row in rows:
        first.setdefault(row.sku, row)
    query = select(Product.sku, Product.name, Product.unit, Product.tax_rate)
    known = db.session.execute(query.where(Product.sku.in_(first)))
    found = {sku: Goods(sku, name, unit, rate) for sku, name, unit, rate in known}
    new = [product_draft(row, currency) for sku, row in first.items() if sku not in found]
    create_products(new)
    return found | {one.sku: Goods(one.sku, one.name, one.unit, one.tax_rate) for one in new}


def product_draft(row: PastOrder, currency: str) -> ProductDraft:
    """Return an unknown product as it would be entered: at the price of this row."""
    return ProductDraft(
        sku=row.sku,
        name=row.sku,
        unit=row.unit or _("piece"),
        price=to_money(row.amount / row.quantity),
        currency=currency,
    )
