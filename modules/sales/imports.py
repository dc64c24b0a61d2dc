"""Take over orders from elsewhere as settled history: sold, delivered and paid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from bus import Event, publish_many
from core.clock import today
from core.customers.drafts import CustomerDraft
from core.customers.models import Customer
from core.customers.services import create_customers
from core.db import db
from core.deals.facts import GoodsLine, SoldLine
from core.deals.models import Deal
from core.errors import InvalidInput
from core.ids import new_id
from core.imports.columns import Day, Money, Quantity, Text
from core.imports.importer import Importer, Terms, register
from core.imports.sheets import Entry, Problem, Sheet
from core.money import tax_contained, to_money
from core.people.identity import current_person_or_none
from core.products.drafts import ProductDraft, checked
from core.products.models import Product
from core.products.services import create_products
from modules.sales.events import PastDelivery, PastPayment, PastSale
from modules.sales.models import Order, OrderLine

#: Rows of the check that are compared with the books at once.
_BATCH = 500
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


class PastOrders(Importer[PastOrder]):
    """Orders of the past: figures and timeline count, nothing else follows from them."""

    kind = "orders"
    title = _l("Orders of the past")
    permission = "sales.approve"
    icon = "receipt"
    sheet = Sheet(
        PastOrder,
        order_ref=Text(
            _l("Order number"),
            ("order_ref", "order", "order no", "订单号", "订单编号", "单号"),
            unique=True,
            longest=40,
        ),
        ordered_on=Day(
            _l("Ordered on"), ("ordered_on", "date", "order date", "下单日期", "日期", "订单日期")
        ),
        customer_ref=Text(
            _l("Customer number"),
            ("customer_ref", "customer", "customer code", "客户编号", "客户编码", "客户"),
            longest=60,
        ),
        sku=Text(
            _l("Product number"),
            ("sku", "product", "item", "产品编号", "商品编号", "货号"),
            longest=60,
        ),
        quantity=Quantity(_l("Quantity"), ("quantity", "qty", "数量")),
        amount=Money(_l("Amount"), ("amount", "total", "金额", "价税合计")),
        unit=Text(_l("Unit"), ("unit", "单位"), required=False, default="", longest=20),
    )

    def check(self, entries: Iterable[Entry[PastOrder]], terms: Terms, /) -> Iterator[Problem]:
        """Hold every row against the rules of numbers and days, and against the books."""
        rows, day = iter(entries), today()
        good_skus: set[str] = set()
        while batch := list(islice(rows, _BATCH)):
            own = _written_here([entry.value.order_ref for entry in batch])
            for entry in batch:
                yield from self._wrong(entry, own, day)
                if entry.value.sku not in good_skus:
                    yield from self._wrong_product(entry, terms)
                    good_skus.add(entry.value.sku)

    def apply(self, entries: Sequence[Entry[PastOrder]], terms: Terms, /) -> int:
        """Take over the orders that are not in the books yet."""
        rows = [entry.value for entry in entries]
        known = _known([row.order_ref for row in rows])
        rows = [row for row in rows if row.order_ref not in known]
        if not rows:
            return 0
        customers, products = _buyers(rows), _goods(rows, terms.currency)
        books = _Books(terms.currency)
        for row in rows:
            books.enter(row, customers[row.customer_ref], products[row.sku])
        books.write()
        return len(rows)

    def _wrong(self, entry: Entry[PastOrder], own: set[str], day: date) -> Iterator[Problem]:
        row = entry.value
        if "/" in row.order_ref:
            reason = _("An order number cannot contain a slash. Write it with a dash.")
            yield self.problem(entry, "order_ref", reason)
        if row.order_ref in own:
            reason = _("This number belongs to an order that was written here. Use another one.")
            yield self.problem(entry, "order_ref", reason)
        if row.ordered_on > day:
            reason = _("This day is still to come. Orders of the past lie before today.")
            yield self.problem(entry, "ordered_on", reason)

    def _wrong_product(self, entry: Entry[PastOrder], terms: Terms) -> Iterator[Problem]:
        try:
            checked(_product_draft(entry.value, terms.currency))
        except InvalidInput as error:
            for field, reason in error.errors.items():
                yield self.problem(entry, field if field in ("sku", "unit") else "amount", reason)


@dataclass(frozen=True, slots=True)
class _Buyer:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class _Goods:
    sku: str
    name: str
    unit: str
    tax_rate: Decimal


class _Books:
    """Collects some orders and writes them set-wise."""

    def __init__(self, currency: str) -> None:
        person = current_person_or_none()
        self.currency = currency
        self.seller_id = person.id if person else _NOBODY
        self.seller_name = person.name if person else _("Taken over")
        self.orders: list[dict[str, object]] = []
        self.lines: list[dict[str, object]] = []
        self.events: list[Event] = []

    def enter(self, row: PastOrder, buyer: _Buyer, goods: _Goods) -> None:
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

    def _order(self, row: PastOrder, deal_id: UUID, buyer: _Buyer) -> dict[str, object]:
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


def _line(order_id: UUID, sold: SoldLine, goods: _Goods) -> dict[str, object]:
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


def _written_here(numbers: Sequence[str]) -> set[str]:
    """Return those numbers that belong to deals which no import has made."""
    query = select(Deal.number).where(Deal.number.in_(numbers), Deal.historical.is_(False))
    quoted = select(Order.number).where(Order.number.in_(numbers), Order.imported.is_(False))
    return {*db.session.scalars(query), *db.session.scalars(quoted)}


def _known(numbers: Sequence[str]) -> set[str]:
    return set(db.session.scalars(select(Deal.number).where(Deal.number.in_(numbers))))


def _buyers(rows: Sequence[PastOrder]) -> dict[str, _Buyer]:
    """Return the customers by their numbers; a card is opened for whoever has none."""
    wanted = {row.customer_ref for row in rows}
    query = select(Customer.code, Customer.id, Customer.name).where(Customer.code.in_(wanted))
    found = {str(code): _Buyer(id_, name) for code, id_, name in db.session.execute(query)}
    missing = sorted(wanted - found.keys())
    ids = create_customers([CustomerDraft(name=code, code=code) for code in missing])
    return found | {code: _Buyer(id_, code) for code, id_ in zip(missing, ids, strict=True)}


def _goods(rows: Sequence[PastOrder], currency: str) -> dict[str, _Goods]:
    """Return the products by their numbers; what is unknown is entered with the row's price."""
    first: dict[str, PastOrder] = {}
    for row in rows:
        first.setdefault(row.sku, row)
    query = select(Product.sku, Product.name, Product.unit, Product.tax_rate)
    known = db.session.execute(query.where(Product.sku.in_(first)))
    found = {sku: _Goods(sku, name, unit, rate) for sku, name, unit, rate in known}
    new = [_product_draft(row, currency) for sku, row in first.items() if sku not in found]
    create_products(new)
    return found | {one.sku: _Goods(one.sku, one.name, one.unit, one.tax_rate) for one in new}


def _product_draft(row: PastOrder, currency: str) -> ProductDraft:
    return ProductDraft(
        sku=row.sku,
        name=row.sku,
        unit=row.unit or _("piece"),
        price=to_money(row.amount / row.quantity),
        currency=currency,
    )


register(PastOrders())
