"""The story of one air-conditioner, told through REST and the public page, on days of its own.

The scenario test checks it, and the manual's pictures show it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.clock import pretending
from core.db import unit_of_work
from core.people import services as people
from core.people.queries import person_by_login
from core.people.roles import TELEPHONE_SYSTEM
from core.promises.keeping import keep_all
from core.testing.clients import ApiClient

SKU, LOT, PHONE, EXTENSION = "AC-35", "L-0604", "13800138000", "8012"
MORNING = time(2, tzinfo=UTC)  # ten o'clock in Shanghai


class Story:
    """What the departments and the customer do, one step after another."""

    def __init__(self, app, visitor, deliver, sold_on: date) -> None:
        self.app, self._visitor, self._deliver, self.sold_on = app, visitor, deliver, sold_on
        self.admin, self.sales, self.finance, self.warehouse, self.service = (
            ApiClient(app, login) for login in ("admin", "sales", "finance", "warehouse", "service")
        )
        self.li = self.order = self.complaint = ""
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

    def keep_promises(self, day: date) -> None:
        """Let the night of a day pass, in which promises are kept."""
        with self.on(day):
            keep_all(self.app)

    # ------------------------------------------------------------------ the house
    def open_the_house(self) -> None:
        """Set up the goods, two lots of them, and who bought them before."""
        with self.on(self.day(-20)):
            card = {"sku": SKU, "name": "挂式空调 1.5 匹", "unit": "台", "price": "3500.00",
                    "tax_rate": "13", "serials": True, "warranty_months": 72}  # fmt: skip
            done(self.admin.post("products", card))
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

    # ------------------------------------------------------------------ the sale
    def sell(self) -> None:
        """She orders with a deposit of 30 percent, without which nothing leaves."""
        with self.on(self.day(0)):
            self.li = self._card("林晓梅", PHONE, addresses=["上海市徐汇区漕溪北路88号"])
            deposit = {"kind": "prepayment", "percent": "30", "before_shipping": True}
            self.order = self._confirmed(self.li, deposit)

    def take_deposit(self) -> None:
        """She pays it at the counter."""
        with self.on(self.day(0)):
            self._pay(self.li, self.order, "1050.00")

    def deliver(self) -> None:
        """The warehouse brings a piece of the lot, and she has it."""
        with self.on(self.day(3)):
            self._send(self.order, "A3")

    def take_balance(self) -> None:
        """She pays the rest."""
        with self.on(self.day(3)):
            self._pay(self.li, self.order, "2450.00")

    def register(self, birthday: dict[str, str]) -> Any:
        """She registers the warranty on her phone, and says when her birthday is."""
        with self.on(self.day(4)):
            self._visitor.take_csrf_token()
            told = {
                "serial": "A3",
                "name": "林晓梅",
                "phone": PHONE,
                "may_call": "true",
                **birthday,
            }
            return self._visitor.post("/w", data=told)

    def call_back(self, number: int) -> list[str]:
        """Service makes the promised calls of a day; returns what it asked her."""
        self.keep_promises(self.day(number))
        hers = self.tasks("service.follow_up")
        for customer in (self.li, *self.others.values()):
            for kind in ("service.follow_up", "service.ask_content"):
                for task in self.tasks(kind, customer):
                    with self.on(self.today):
                        done(self.service.post(f"tasks/{task['id']}/done", {"note": "一切正常"}))
        return [task["title"] for task in hers]

    # ------------------------------------------------------------------ the complaint
    def complain(self) -> None:
        """It rattles; she calls, is heard, and the cause is found: a bad lot."""
        with self.on(self.day(40)):
            told = {"order": self.order, "text": "开机后异响，晚上睡不着", "holds": "collection"}
            self.complaint = done(self.service.post("service/complaints", told))["id"]
            self._lead("hear", kind="goods", text="每次启动都响，已录音")
            piece = {"line_id": self.line(), "lot": LOT, "serial": "A3"}
            why = "压缩机支架松动，整批如此"
            self._lead("cause", cause="goods", department="warehouse", text=why, **piece)

    def ask_others(self) -> None:
        """Who has goods of the same lot is asked before she has to complain."""
        with self.on(self.day(40)):
            self._lead("others/ask", same_lot_only=True)

    def agree_on_exchange(self) -> None:
        """She is offered a new one, and agrees."""
        with self.on(self.day(40)):
            piece = {"line_id": self.line(), "quantity": "1"}
            self._lead("proposal", kind="exchange", text="换一台新的，不收费", lines=[piece])
        approved = self.stands()["state"] != "approve"
        with self.on(self.day(41)):
            if not approved:
                self._lead("approve", by=self.admin)
            self._lead("answer", text="电话里说好了", agreed=True)

    def exchange(self) -> None:
        """The warehouse brings the new one, of another lot, and takes the old one back."""
        with self.on(self.day(43)):
            self._send(self.order, "B2")
            back = {"line_id": self.line(), "quantity": "1", "serials": ["A3"], "lot": LOT}
            body = {"order": self.order, "lines": [back], "restock": False, "reason": "换货"}
            done(self.warehouse.post("warehouse/returns", body))

    def close_complaint(self) -> None:
        """A colleague asks her whether she is content, and only then it is closed."""
        with self.on(self.day(50)):
            self._lead("close", by=self.admin, verdict="content", words="新机很安静，谢谢")

    def _lead(self, act: str, by: ApiClient | None = None, **body: Any) -> Any:
        return done((by or self.service).post(f"service/complaints/{self.complaint}/{act}", body))

    def stands(self) -> dict[str, Any]:
        """Return the complaint as it is now."""
        return dict(done(self.service.get(f"service/complaints/{self.complaint}")))

    # ------------------------------------------------------------------ afterwards
    def promise_cleaning(self, season: str) -> None:
        """The owner switches on that cleaning is offered every spring for these goods."""
        with self.on(self.day(60)):
            rows = done(self.admin.get("promises", limit=200))["items"]
            row = next(one for one in rows if one["kind"] == "service.maintenance")
            settings = {**row["settings"], "season": season, "products": [SKU]}
            body = {"name": row["name"], "settings": settings}
            done(self.admin.patch(f"promises/{row['id']}", body))
            done(self.admin.post(f"promises/{row['id']}/on"))

    def order_again(self) -> None:
        """Her mother needs one, too; it is not paid yet."""
        with self.on(self.day(300)):
            self._confirmed(self.li)

    def call(self, day: date) -> None:
        """She calls the person with the extension."""
        with self.on(day):
            with unit_of_work(self.app):
                system = ("pbx", "电话交换机", [TELEPHONE_SYSTEM])
                people.create_person(*system, password="ring-ring-2026")
                row = people.person(person_by_login("service").id)
                people.edit_person(row.id, row.name, row.role_names, row.language, EXTENSION)
            done(ApiClient(self.app, "pbx").post("calls", {"from": PHONE, "to": EXTENSION}))

    # ------------------------------------------------------------------ what is seen
    def deal(self) -> dict[str, Any]:
        """Return her order as everybody sees it."""
        return dict(done(self.admin.get(f"deals/{self.order}")))

    def line(self) -> str:
        """Return the id of the order's first line."""
        return str(self.deal()["lines"][0]["line_id"])

    def tasks(self, kind: str, customer: str = "") -> list[dict[str, Any]]:
        """Return today's open tasks of a kind about her, or about another customer."""
        with self.on(self.today):
            items = done(self.admin.get("tasks", limit=200))["items"]
        wanted = customer or self.li
        return [one for one in items if one["kind"] == kind and one["customer_id"] == wanted]


def done(answer: Any) -> Any:
    """Return what was answered, having checked that it was done."""
    assert answer.status_code < 300, answer.text
    return answer.json
