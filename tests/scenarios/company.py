"""A company at work by REST, and what its departments must agree about at any moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from core.db import reading
from core.deals.models import DealLine
from core.doctor import examine

ZERO = Decimal(0)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; return what each answered, in order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(run, act) for act in acts]]


class Company:
    """Four departments with a program each, and an administrator who sees everything."""

    def __init__(self, app, api_as, deliver) -> None:
        self._app, self.hear = app, deliver
        self.admin, self.sales, self.finance, self.warehouse, self.service = (
            api_as(login) for login in ("admin", "sales", "finance", "warehouse", "service")
        )
        self.customer: str = self.admin.post("customers", {"name": "上海晨光"}).json["id"]
        for sku, price in (("TEA", "100.00"), ("CUP", "33.33")):
            card = {"sku": sku, "name": sku, "unit": "件", "price": price, "tax_rate": "13"}
            assert self.admin.post("products", card).status_code == 201
        #: Goods that came into the house, and goods that came back and were thrown away.
        self.received: Counter[str] = Counter()
        self.scrapped: Counter[str] = Counter()

    def receive(self, **quantities: int) -> None:
        """Take goods into stock."""
        lines = [{"sku": sku, "quantity": str(count)} for sku, count in quantities.items()]
        assert self.warehouse.post("warehouse/receipts", {"lines": lines}).status_code == 201
        self.received.update(quantities)

    def quote(self, deposit: dict[str, Any] | None = None, **quantities: int) -> str:
        """Write a quotation; return its number."""
        lines = [{"sku": sku, "quantity": str(count)} for sku, count in quantities.items()]
        body = {"customer_id": self.customer, "lines": lines, "deposit": deposit}
        written = self.sales.post("sales/orders", body)
        assert written.status_code == 201, written.json
        return str(written.json["number"])

    def sell(self, deposit: dict[str, Any] | None = None, **quantities: int) -> str:
        """Take an order; return its number."""
        number = self.quote(deposit, **quantities)
        confirmed = self.sales.post(f"sales/orders/{number}/confirm")
        assert confirmed.status_code == 200, confirmed.json
        return number

    def deal(self, number: str) -> dict[str, Any]:
        """Return the deal as everybody sees it."""
        seen = self.admin.get(f"deals/{number}")
        assert seen.status_code == 200, seen.json
        return dict(seen.json)

    def line(self, number: str, sku: str = "TEA") -> str:
        """Return the id of an order's line."""
        lines = self.deal(number)["lines"]
        return next(str(line["line_id"]) for line in lines if line["sku"] == sku)

    def pay(self, number: str, amount: str, **more: Any):
        """Pay for one order at the counter."""
        body = {
            "customer_id": self.customer,
            "method": "cash",
            "amount": amount,
            "allocations": [{"order": number, "amount": amount}],
            **more,
        }
        return self.finance.post("finance/payments", body)

    def refund(self, number: str, amount: str):
        """Give money back."""
        body = {"order": number, "amount": amount, "method": "cash", "reason": "退款"}
        return self.finance.post("finance/refunds", body)

    def cancel(self, number: str, **lines: str):
        """Call off these quantities, or everything that can be."""
        body: dict[str, Any] = {"reason": "客户不要了"}
        if lines:
            body["lines"] = [
                {"line_id": self.line(number, sku), "quantity": count}
                for sku, count in lines.items()
            ]
        return self.sales.post(f"sales/orders/{number}/cancel", body)

    def shipments(self, number: str) -> list[dict[str, Any]]:
        """Return an order's shipments as the warehouse sees them."""
        seen = self.warehouse.get("warehouse/shipments", order=number)
        return list(seen.json["items"]) if seen.status_code == 200 else []

    def shipment(self, number: str, state: str = "open") -> str:
        """Return the id of an order's first shipment in a state."""
        return next(str(s["id"]) for s in self.shipments(number) if s["state"] == state)

    def ship(self, shipment: str, **body: Any):
        """Send a shipment off."""
        return self.warehouse.post(f"warehouse/shipments/{shipment}/ship", body)

    def take_back(self, number: str, line_id: str, quantity: str, *, restock: bool = True):
        """Take goods back from the customer."""
        lines = [{"line_id": line_id, "quantity": quantity}]
        body = {"order": number, "lines": lines, "restock": restock, "reason": "退货"}
        taken = self.warehouse.post("warehouse/returns", body)
        if taken.status_code == 201 and not restock:
            self.scrapped[taken.json["lines"][0]["sku"]] += Decimal(quantity)
        return taken

    def all_on(self) -> None:
        """Switch on every module that is off."""
        for module in self.admin.get("modules").json["items"]:
            if module["state"] == "disabled":
                self.admin.post(f"modules/{module['name']}/enable")

    # ------------------------------------------------------------ what must hold
    def adds_up(self, number: str) -> dict[str, Any]:
        """Check the deal alone, which is true at every commit; return it."""
        deal = self.deal(number)
        money = {name: Decimal(deal[name]) for name in _MONEY}
        assert money["owed"] == (
            money["ordered"]
            - money["cancelled"]
            - money["credited"]
            - money["written_off"]
            - money["received"]
            + money["refunded"]
        ), deal
        assert money["refunded"] <= money["received"], deal
        for line in deal["lines"]:
            count = {name: Decimal(line[name]) for name in _GOODS}
            assert count["shipped"] + count["cancelled"] <= count["ordered"], line
            assert count["delivered"] <= count["shipped"], line
            assert count["returned"] <= count["shipped"], line
        return deal

    def agrees(self, *numbers: str) -> None:
        """Check that, once everything was heard, all departments tell the same story."""
        self.hear()
        assert self.admin.get("bus/deliveries", state="dead").json["items"] == []
        deals = [self.adds_up(number) for number in numbers]
        owed = {row["order"]: row["owed"] for row in self._receivables()}
        for deal in deals:
            assert owed[deal["number"]] == deal["owed"], deal["number"]
            self._same_goods(deal)
        self._stock_is_what_came_less_what_went()
        report = examine(self._app)
        assert (report.healthy, report.lines[-1]) == (True, "ok"), report.lines

    def _receivables(self) -> list[dict[str, Any]]:
        answer = self.finance.get("finance/receivables", limit=200)
        assert answer.json["next"] is None
        return list(answer.json["items"])

    def _same_goods(self, deal: dict[str, Any]) -> None:
        """What waits and what left is the same for the warehouse as for the deal."""
        waits: Counter[str] = Counter()
        left: Counter[str] = Counter()
        back: Counter[str] = Counter()
        for shipment in self.shipments(deal["number"]):
            for line in shipment["lines"]:
                counts = waits if shipment["state"] == "open" else left
                counts[line["line_id"]] += Decimal(line["quantity"])
                back[line["line_id"]] += Decimal(line["returned"])
        for line in deal["lines"]:
            to_ship = Decimal(line["ordered"]) - Decimal(line["cancelled"])
            assert waits[line["line_id"]] == to_ship - Decimal(line["shipped"]), line
            assert left[line["line_id"]] == Decimal(line["shipped"]), line
            assert back[line["line_id"]] == Decimal(line["returned"]), line

    def _stock_is_what_came_less_what_went(self) -> None:
        """Nothing appears or vanishes: what was received is here, with customers, or scrapped."""
        here: Counter[str] = Counter()
        for item in self.warehouse.get("warehouse/stock", limit=200).json["items"]:
            here[item["sku"]] += Decimal(item["quantity"])
        with reading(self._app) as session:
            gone = func.sum(DealLine.shipped - DealLine.returned, type_=DealLine.shipped.type)
            query = select(DealLine.sku, gone).group_by(DealLine.sku)
            away: dict[str, Decimal] = dict(session.execute(query).all())
        for sku, received in self.received.items():
            assert here[sku] + away.get(sku, ZERO) + self.scrapped[sku] == received, sku


_MONEY = ("ordered", "cancelled", "credited", "written_off", "received", "refunded", "owed")
_GOODS = ("ordered", "cancelled", "shipped", "delivered", "returned")
