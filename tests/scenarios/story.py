"""The story of one air-conditioner, told through REST and the public page, on days of its own.

The scenario test checks it, and the manual's pictures show it.
"""

from datetime import date
from typing import Any

from core.db import unit_of_work
from core.grades.nightly import regrade
from core.people import services as people
from core.people.queries import person_by_login
from core.people.roles import TELEPHONE_SYSTEM
from core.promises.keeping import keep_all
from core.testing.clients import ApiClient

from .house import LOT, SKU, House, done

PHONE, EXTENSION = "13800138000", "8012"


class Story(House):
    """What the departments and the customer do, one step after another."""

    li = order = complaint = ""

    def pass_the_night(self, day: date) -> None:
        """Let the night of a day pass, in which customers are graded and promises are kept."""
        with self.on(day):
            regrade(self.app)
            keep_all(self.app)

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
        self.pass_the_night(self.day(number))
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

    def ask_others(self) -> int:
        """Let who has goods of the same lot be asked before she has to complain."""
        with self.on(self.day(40)):
            return int(self._lead("others/ask", same_lot_only=True)["asked"])

    def hear_others(self) -> None:
        """They are called the day after; theirs are quiet."""
        with self.on(self.day(41)):
            for customer in self.others.values():
                for task in self._tasks("service.ask_other", customer):
                    note = {"note": "没有异响，已记下"}
                    done(self.service.post(f"tasks/{task['id']}/done", note))

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
            return self._tasks(kind, customer or self.li)

    def _tasks(self, kind: str, wanted: str) -> list[dict[str, Any]]:
        items = done(self.admin.get("tasks", limit=200))["items"]
        return [one for one in items if one["kind"] == kind and one["customer_id"] == wanted]
