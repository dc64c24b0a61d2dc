"""An air-conditioner is sold, complained about and exchanged, and its buyer is never forgotten."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from core.customers.figures import figures
from core.db import reading, unit_of_work
from core.doctor import examine
from core.registry import switchboard

from .story import LOT, Story

#: 八月十五 of the year after: 15 September 2027, by the calendar's own vectors.
LUNAR = {"birth_calendar": "lunar", "birth_month": "8", "birth_day": "15"}
SOLD_ON, SPRING, REMINDED = date(2026, 6, 10), date(2027, 4, 1), date(2027, 8, 16)


@pytest.fixture
def story(app, visitor, bus_idle):
    """A house with two lots of an air-conditioner and three customers who have one."""
    told = Story(app, visitor, bus_idle, SOLD_ON)
    told.open_the_house()
    return told


def test_from_the_deposit_to_the_call(app, story, client):
    _sale(story)
    _warranty(story)
    assert len(story.call_back(6)) == len(story.call_back(33)) == 1
    _complaint(story)
    _exchange(app, story)
    assert len(story.call_back(93)) == 1
    _spring(story)
    _birthday(story)
    _call(story, client)
    assert story.admin.get("bus/deliveries", state="dead").json["items"] == []
    assert examine(app).lines[-1] == "ok"


def test_service_that_was_off_has_missed_nothing(app, story):
    # Given a house in which service is off while the goods are sold and delivered
    _switch(app, on=False)
    story.sell()
    story.take_deposit()
    story.deliver()
    story.take_balance()
    assert story.service.get("service/complaints").status_code == 404

    # When it is on again, months later
    with story.on(story.day(80)):
        _switch(app, on=True)

    # Then the warranty is there from the day of the delivery, and she is offered the cleaning
    (warranty,) = story.service.get("service/warranties", order=story.order).json["items"]
    assert warranty["starts_on"] == story.day(3).isoformat()
    story.promise_cleaning("04-01")
    story.keep_promises(SPRING)
    assert len(story.tasks("service.maintenance")) == 1
    assert examine(app).lines[-1] == "ok"


def _sale(story):
    """Without the deposit nothing leaves; with the balance nothing is owed."""
    story.sell()
    (shipment,) = story.warehouse.get("warehouse/shipments", order=story.order).json["items"]
    assert (story.deal()["owed"], shipment["may_leave"]) == ("3500.00", False)

    story.take_deposit()
    story.deliver()
    assert story.deal()["owed"] == "2450.00"

    story.take_balance()
    assert story.deal()["owed"] == "0.00"


def _warranty(story):
    """What she says on her phone completes her card."""
    answer = story.register(LUNAR)

    assert (answer.status_code, answer.location) == (303, "/w/thanks")
    (warranty,) = story.service.get("service/warranties", order=story.order).json["items"]
    assert (warranty["state"], warranty["serial"]) == ("registered", "A3")
    card = story.service.get(f"customers/{story.li}").json
    assert card["birthday"] == "lunar 08-15"


def _complaint(story):
    """Everybody sees it on the deal; who has the same lot is asked before she complains."""
    story.complain()
    assert [one["text"] for one in story.deal()["concerns"]] == ["开机后异响，晚上睡不着"]
    path = f"service/complaints/{story.complaint}/others"
    others = story.service.get(path).json
    assert [(one["customer"], one["lot"], one["same_lot"]) for one in others] == [
        ("王芳", LOT, True), ("赵敏", LOT, True), ("孙立", "L-0511", False),
    ]  # fmt: skip

    story.ask_others()

    asked = {name: len(story.tasks("service.ask_other", who)) for name, who in story.others.items()}
    assert asked == {"王芳": 1, "赵敏": 1, "孙立": 0}


def _exchange(app, story):
    """Sales enters the new piece, the warehouse brings it and takes the old one back."""
    story.agree_on_exchange()
    assert story.stands()["state"] == "carry_out"
    assert story.deal()["owed"] == "0.00"

    story.exchange()
    assert story.stands()["state"] == "review"

    story.close_complaint()
    assert (story.stands()["state"], story.stands()["verdict"]) == ("closed", "content")
    assert all(one["settled_at"] for one in story.deal()["concerns"])
    assert story.deal()["owed"] == "0.00"
    with reading(app):
        assert figures(UUID(story.li))[0].bought == 3500  # the new one cost her nothing
    states = story.service.get("service/warranties", order=story.order).json["items"]
    assert {one["serial"]: one["state"] for one in states} == {"A3": "ended", "B2": "registered"}


def _spring(story):
    """Its cleaning is offered once, however many nights pass."""
    story.promise_cleaning("04-01")
    for night in range(3):
        story.keep_promises(SPRING + timedelta(night))

    (task,) = story.tasks("service.maintenance")
    assert (task["due_on"], task["order"]) == (SPRING.isoformat(), story.order)


def _birthday(story):
    """Thirty days before her day by the moon somebody is reminded, once."""
    story.keep_promises(REMINDED - timedelta(1))
    assert story.tasks("service.birthday") == []

    for night in range(2):
        story.keep_promises(REMINDED + timedelta(night))

    (task,) = story.tasks("service.birthday")
    assert task["due_on"] == REMINDED.isoformat()


def _call(story, client):
    """Her name and her balance are on the screen before she speaks, and so is what she has."""
    story.order_again()

    story.call(REMINDED)

    with story.on(REMINDED):
        bar = client("service").get("/customers").text
    _, _, bar = bar.partition("ringing-head")
    for word in ("林晓梅", "3,500.00", "挂式空调"):
        assert word in bar


def _switch(app, *, on):
    with unit_of_work(app):
        (switchboard.enable if on else switchboard.disable)("service", "admin")
