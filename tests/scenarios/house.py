"""A house that sells air-conditioners: what its departments do through REST, on days of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.clock import pretending
from core.testing.clients import ApiClient

SKU, LOT = "AC-35", "L-0604"
MORNING = time(2, tzinfo=UTC)  # ten o'clock in Shanghai


class House:
    """Four departments, two lots of an air-conditioner, and who has bought one already."""

    def __init__(self, app, visitor, deliver, sold_on: date) -> None:
        self.app, self._visitor, self._deliver, self.sold_on = app, visitor, deliver, sold_on
        self.admin, self.sales, self.finance, self.warehouse, self.service = (
            ApiClient(app, login) for login in ("admin", "sales", "finance", "warehouse", "service")
        )
        self.today = sold_on
        self.others: dict[str, str] = {}

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Let it be the morning of a day; at its end everybody has heard of it."""
        self.today = day
        with pretending(datetime.combine(day, MORNING)):
            yield
            self._deliver()

    def day(self, number: int) -> date:
        """Return the so-manyth day after the sale."""
        return self.sold_on + timedelta(number)

    def open_the_house(self) -> None:
        """Set up the goods, two lots of them, and who bought them before."""
        with self.on(self.day(-20)):
            card = {"sku": SKU, "name": "挂式空调 1.5 匹", "unit": "台", "price": "3500.00",
                    "tax_rate": "13", "serials": True, "warranty_months": 72}  # fmt: skip
            done(self.admin.post("products", card))
            done(self.admin.post("grades/rule", {}))  # as preset: a B from 2,000 in a year
            for lot, serials in ((LOT, ("A1", "A2", "A3", "A4")), ("L-0511", ("B1", "B2"))):
                line = {"sku": SKU, "quantity": str(len(serials)), "lot": lot, "serials": serials}
                done(self.warehouse.post("warehouse/receipts", {"lines": [line]}))
            for name, phone, serial in (
                ("王芳", "13911112222", "A1"), ("赵敏", "13733334444", "A2"),
                ("孙立", "13655556666", "B1"),
            ):  # fmt: skip
                self.others[name] = self._card(name, phone)
                self._sell_and_deliver(self.others[name], serial)

    def _card(self, name: str, phone: str, **more: Any) -> str:
        card = {"name": name, "phones": [phone], **more}
        return str(done(self.sales.post("customers", card))["id"])

    def _sell_and_deliver(self, customer: str, serial: str) -> None:
        number = self._confirmed(customer)
        self._deliver()
        self._pay(customer, number, "3500.00")
        self._send(number, serial)

    def _confirmed(self, customer: str, deposit: dict[str, Any] | None = None) -> str:
        body = {"customer_id": customer, "deposit": deposit, "confirm": True}
        body["lines"] = [{"sku": SKU, "quantity": "1"}]
        return str(done(self.sales.post("sales/orders", body))["number"])

    def _pay(self, customer: str, number: str, amount: str) -> None:
        body = {"customer_id": customer, "method": "cash", "amount": amount}
        body["allocations"] = [{"order": number, "amount": amount}]
        done(self.finance.post("finance/payments", body))

    def _send(self, number: str, serial: str) -> None:
        open_ = self.warehouse.get("warehouse/shipments", order=number, state="open").json["items"]
        (shipment,) = open_
        (line,) = shipment["lines"]
        goods = {"line_id": line["line_id"], "quantity": "1", "serials": [serial]}
        path = f"warehouse/shipments/{shipment['id']}"
        done(self.warehouse.post(f"{path}/ship", {"lines": [goods]}))
        done(self.warehouse.post(f"{path}/deliver"))


def done(answer: Any) -> Any:
    """Return what was answered, having checked that it was done."""
    assert answer.status_code < 300, answer.text
    return answer.json
