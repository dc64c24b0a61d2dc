"""What the stories of complaints share: a complaint that is led through its steps."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest

from bus import publish
from core.clock import now, pretending
from core.db import reading, unit_of_work
from core.deals.facts import Delivered, Due, Paid
from core.ids import new_id
from core.registry import switchboard
from core.tasks import services as tasks
from core.tasks.queries import open_tasks
from core.testing.deals import ADeal


@dataclass
class Case:
    """A complaint, and two people of service who deal with it."""

    id: str
    service: Any
    colleague: Any
    answers: list[Any] = field(default_factory=list)

    def do(self, act: str, body: dict[str, Any] | None = None, by: Any = None) -> Any:
        """Do something with it; the answer is kept."""
        answer = (by or self.service).post(f"service/complaints/{self.id}/{act}", body or {})
        self.answers.append(answer)
        return answer

    def now(self) -> Any:
        """How it stands."""
        return self.service.get(f"service/complaints/{self.id}").json

    def offers(self) -> Any:
        """What was offered, the last offer first."""
        return self.service.get(f"service/complaints/{self.id}/compensations").json

    def heard(self, kind: str = "goods") -> "Case":
        """She was called, and says more."""
        self.do("hear", {"kind": kind, "text": "昨天刚送到"})
        return self

    def explained(self, cause: str = "goods", department: str = "warehouse", **more: Any) -> "Case":
        """She was heard, and the cause was found."""
        self.heard().do(
            "cause",
            {"cause": cause, "department": department, "text": "运输时摔过", **more},
        )
        return self

    def proposed(self, kind: str = "none", **more: Any) -> "Case":
        """Something was proposed."""
        self.explained().do("proposal", {"kind": kind, "text": "我们赔礼道歉", **more})
        return self

    def agreed(self, kind: str = "none", **more: Any) -> "Case":
        """She was told, and agrees."""
        self.proposed(kind, **more).do("answer", {"text": "已电话告知", "agreed": True})
        return self

    def parts(self) -> dict[str, bool]:
        """Each part of what was agreed, and whether it is done."""
        return {part["part"]: bool(part["done_at"]) for part in self.offers()[0]["parts"]}


@pytest.fixture
def complain(api_as):
    """A maker of complaints: complain(deal), complain(deal, "漏水", safety=True)."""
    service, colleague = api_as("service"), api_as("admin")

    def make(deal: ADeal, text: str = "冰箱门关不上", **more: Any) -> Case:
        body = {"order": deal.number, "text": text, **more}
        opened = service.post("service/complaints", body)
        assert opened.status_code == 201, opened.text
        return Case(opened.json["id"], service, colleague)

    return make


@pytest.fixture
def delivered(a_deal, acting, bus_idle):
    """A maker of orders that the customer has: delivered(3, paid="30.00")."""

    def make(quantity: int = 2, paid: str = "", **more: Any) -> ADeal:
        due = Due(amount=Decimal(quantity * 10), kind="balance")
        deal = a_deal(quantity=quantity, dues=(due,), **more)
        with acting("warehouse"):
            publish(deal.fact(Delivered, lines=(deal.goods(quantity),)))
        if paid:
            with acting("finance"):
                given = {"payment_id": new_id(), "amount": Decimal(paid), "method": "cash"}
                publish(deal.fact(Paid, **given))
        bus_idle()
        return deal

    return make


def goods(deal: ADeal, quantity: str = "1") -> dict[str, Any]:
    """Return so many pieces of the order, as a proposal names them."""
    return {"lines": [{"line_id": str(deal.line_id), "quantity": quantity}]}


@pytest.fixture
def days_later():
    """A maker of later days, on which everything inside happens."""
    return lambda days: pretending(now() + timedelta(days=days))


@pytest.fixture
def switch(app):
    """Switch a department off, or on again: switch("finance", on=False)."""

    def turn(module: str, *, on: bool) -> None:
        with unit_of_work(app):
            (switchboard.enable if on else switchboard.disable)(module, "test")

    return turn


@pytest.fixture
def asked(app):
    """The kinds of open tasks of an order that a department has: asked(deal, "finance")."""

    def kinds(deal: ADeal, module: str) -> list[str]:
        with reading(app):
            found = open_tasks(deal_id=deal.deal_id, limit=100).items
            return sorted(work.task.kind for work in found if work.kind.module == module)

    return kinds


@pytest.fixture
def finish(app, acting):
    """Do an open task of an order, as somebody: finish(deal, "service.repair", "done")."""

    def do(deal: ADeal, kind: str, note: str, by: str = "service") -> None:
        with reading(app):
            found = open_tasks(deal_id=deal.deal_id, kinds=[kind]).items
            (task_id,) = [work.id for work in found]
        with acting(by):
            tasks.finish(task_id, note)

    return do


@pytest.fixture
def link(visitor, api_as, a_deal):
    """A link for one customer and her order, as service sends it, opened in her browser."""
    visitor.take_csrf_token()

    def make(**more):
        deal = a_deal()
        body = {"customer_id": str(deal.customer_id), "order": deal.number, **more}
        url = api_as("service").post("service/feedback-links", body).json["url"]
        return deal, urlsplit(url).path

    return make
