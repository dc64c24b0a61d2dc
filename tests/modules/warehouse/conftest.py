"""What the stories of the warehouse are made of: goods, orders and stock."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from bus import publish
from core.clock import now
from core.customers.services import create_customer
from core.deals.facts import Cancelled, CancelledLine, Due, Fact, Paid, Sold, SoldLine
from core.ids import new_id
from core.products.services import create_product


@dataclass
class Sale:
    """An order of the stories; `lines` are the ids of its lines by product."""

    number: str
    deal_id: UUID
    customer_id: UUID
    dues: tuple[Due, ...] = ()
    lines: dict[str, UUID] = field(default_factory=dict)

    def fact(self, kind: type[Fact], /, **more: Any) -> Any:
        """Return a fact about this order."""
        common = {
            "deal_id": self.deal_id,
            "number": self.number,
            "customer_id": self.customer_id,
            "customer_name": "上海晨光",
            "currency": "CNY",
            "happened_on": now().date(),
        }
        return kind(**common, **more)

    def sold(self, promised_on: date | None = None, **quantities: str) -> Sold:
        """Return the sale of these quantities, at 10.00 a piece."""
        lines = tuple(self._line(sku, Decimal(each)) for sku, each in quantities.items())
        return self.fact(
            Sold, seller_id=new_id(), seller_name="王伟", lines=lines, dues=self.dues,
            promised_on=promised_on,
        )  # fmt: skip

    def _line(self, sku: str, quantity: Decimal) -> SoldLine:
        line_id = self.lines.setdefault(sku, new_id())
        return SoldLine(
            line_id=line_id, sku=sku, name=f"货 {sku}", unit="件", quantity=quantity,
            unit_price=Decimal("10.00"), amount=quantity * 10, tax=Decimal("0.00"),
        )  # fmt: skip

    def cancelled(self, sku: str, quantity: str) -> Cancelled:
        """Return the calling off of a quantity."""
        gone = CancelledLine(
            line_id=self.lines[sku], quantity=Decimal(quantity), amount=Decimal(quantity) * 10
        )
        return self.fact(Cancelled, lines=(gone,), dues=self.dues)

    def paid(self, amount: str) -> Paid:
        """Return money that came."""
        return self.fact(Paid, payment_id=new_id(), amount=Decimal(amount), method="cash")

    def goods(self, sku: str, quantity: str) -> dict[str, Any]:
        """Return a quantity as a program names it."""
        return {"line_id": str(self.lines[sku]), "quantity": quantity}


@pytest.fixture
def a_product(acting):
    """A maker of products: a_product("TEA", lots=True)."""

    def make(sku, **more):
        with acting("admin"):
            create_product(sku, f"货 {sku}", "件", Decimal("10.00"), **more)

    return make


@pytest.fixture
def received(api_as):
    """Puts goods into stock: received("TEA", "5", lot="A")."""

    def receive(sku, quantity, **more):
        lines = [{"sku": sku, "quantity": quantity, **more}]
        answer = api_as("warehouse").post("warehouse/receipts", {"lines": lines})
        assert answer.status_code == 201, answer.json
        return answer.json

    return receive


@pytest.fixture
def an_order(acting):
    """A maker of orders: an_order(TEA="5") has been sold, and nobody has shipped any of it."""
    numbers = count(1)

    def make(dues=(), promised_on=None, **quantities):
        with acting("sales"):
            card = create_customer("上海晨光", ["13812345678"], ["上海市人民路 1 号"])
            sale = Sale(f"SO-{next(numbers)}", new_id(), card.id, tuple(dues))
            publish(sale.sold(promised_on, **quantities))
        return sale

    return make


@pytest.fixture
def stated(acting):
    """States facts as another department: stated(order.cancelled("TEA", "2"))."""

    def state(*facts, login="sales"):
        with acting(login):
            for fact in facts:
                publish(fact)

    return state


@pytest.fixture
def shipments_of(api_as):
    """The shipments of an order as a program sees them."""

    def ask(sale, state=""):
        answer = api_as("warehouse").get("warehouse/shipments", order=sale.number, state=state)
        assert answer.status_code == 200, answer.json
        return answer.json["items"]

    return ask


@pytest.fixture
def in_stock(api_as):
    """How much of a product is in stock, lot by lot."""

    def ask(sku):
        items = api_as("warehouse").get("warehouse/stock", sku=sku).json["items"]
        return {item["lot"]: item["quantity"] for item in items}

    return ask
