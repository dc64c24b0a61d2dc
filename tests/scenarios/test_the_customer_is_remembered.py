"""An air-conditioner is sold, complained about and exchanged, and its buyer is never forgotten."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from core.customers.figures import figures
from core.db import reading, unit_of_work
from core.doctor import examine
from core.registry import switchboard

from .house import LOT
from .story import Story

#: 八月十五 of the year after: 15 September 2027, by the calendar's own vectors.
LUNAR = {"birth_calendar": "lunar", "birth_month": "8", "birth_day": "15"}
SOLD_ON, SPRING, REMINDED = date(2026, 6, 10), date(2027, 4, 1), date(2027, 8, 16)
BIRTHDAY, SAME_LOT = "2027-09-15", {"same_lot_only": True}


@pytest.fixture
def story(app, visitor, bus_idle):
    """A house with two lots of an air-conditioner and three customers who have one."""
    told = Story(app, visitor, bus_idle, SOLD_ON)
    told.open_the_house()
    return told


@pytest.fixture
def screen(client, story):
    """What a person sees at an address, in English, on the day where the story stands."""

    def read(login, address):
        with story.on(story.today):
            return client(login).get(address, headers={"Accept-Language": "en"}).text

    return read


def test_from_the_deposit_to_the_call(app, story, screen):
    _sale(story)
    _warranty(story)
    assert len(story.call_back(6)) == len(story.call_back(33)) == 1
    _complaint(story, screen)
    _exchange(app, story)
    _closing(app, story)
    assert len(story.call_back(93)) == 1
    _spring(story)
    story.order_again()
    _birthday(story)
    _call(story, screen)
    _timeline(story)
    assert story.admin.get("bus/deliveries", state="dead").json["items"] == []
    assert examine(app).lines[-1] == "ok"


def test_service_that_was_off_has_missed_nothing(app, story):
    # Given service is off while the goods are sold and delivered
    _switch(app, on=False)
    story.sell()
    story.take_deposit()
    story.deliver()
    story.take_balance()
    assert story.service.get("service/complaints").status_code == 404
    with story.on(story.day(4)):
        _switch(app, on=True)

    # Then the warranty is there from the day of the delivery, and she registers it
    (warranty,) = story.service.get("service/warranties", order=story.order).json["items"]
    assert warranty["starts_on"] == story.day(3).isoformat()
    story.register(LUNAR)

    # When it is off again while the others carry out what it has promised
    story.complain()
    story.agree_on_exchange()
    _switch(app, on=False)
    story.exchange()
    assert story.deal()["owed"] == "0.00"
    with story.on(story.day(45)):
        _switch(app, on=True)

    # Then the story ends as if it had never been away
    _closing(app, story)
    _spring(story)
    _birthday(story)
    assert examine(app).lines[-1] == "ok"


def _sale(story):
    """Without the deposit nothing leaves; with the balance nothing is owed."""
    story.sell()
    (shipment,) = story.warehouse.get("warehouse/shipments", order=story.order).json["items"]
    assert (story.deal()["owed"], shipment["may_leave"]) == ("3500.00", False)

    story.take_deposit()
    (shipment,) = story.warehouse.get("warehouse/shipments", order=story.order).json["items"]
    assert (story.deal()["owed"], shipment["may_leave"]) == ("2450.00", True)

    story.deliver()
    (due,) = _owing(story)
    assert (due["owed"], due["customer"]) == ("2450.00", "林晓梅")

    story.take_balance()
    assert (story.deal()["owed"], _owing(story)) == ("0.00", [])


def _warranty(story):
    """What she says on her phone completes her card."""
    answer = story.register(LUNAR)

    assert (answer.status_code, answer.location) == (303, "/w/thanks")
    (warranty,) = story.service.get("service/warranties", order=story.order).json["items"]
    assert (warranty["state"], warranty["serial"]) == ("registered", "A3")
    card = story.service.get(f"customers/{story.li}").json
    assert card["birthday"] == "lunar 08-15"


def _complaint(story, screen):
    """Everybody sees it on the deal; who has the same lot is asked before she complains."""
    story.complain()
    (concern,) = story.deal()["concerns"]
    assert (concern["text"], concern["holds"]) == ("开机后异响，晚上睡不着", "collection")
    # What she is worth stands beside her name: on the complaint, in the list, and on her card.
    for address in (f"service/complaints/{story.complaint}", "customers", f"customers/{story.li}"):
        assert 'class="grade grade-b"' in screen("service", f"/{address}")
    path = f"service/complaints/{story.complaint}/others"
    others = story.service.get(path).json
    assert [(one["customer"], one["lot"], one["same_lot"]) for one in others] == [
        ("王芳", LOT, True), ("赵敏", LOT, True), ("孙立", "L-0511", False),
    ]  # fmt: skip

    assert story.ask_others() == 2
    again = story.service.post(f"service/complaints/{story.complaint}/others/ask", SAME_LOT)
    assert (again.status_code, again.json["code"]) == (409, "nobody_else")  # nobody is asked twice

    asked = {name: len(story.tasks("service.ask_other", who)) for name, who in story.others.items()}
    assert asked == {"王芳": 1, "赵敏": 1, "孙立": 0}
    story.hear_others()
    assert [one["asked"] for one in story.service.get(path).json] == [True, True, False]
    assert story.tasks("service.ask_other", story.others["王芳"]) == []


def _exchange(app, story):
    """Sales enters the new piece, the warehouse brings it and takes the old one back."""
    story.agree_on_exchange()
    assert story.stands()["state"] == "carry_out"
    assert [line["ordered"] for line in story.deal()["lines"]] == ["1", "1"]
    path = "warehouse/shipments"
    (shipment,) = story.warehouse.get(path, order=story.order, state="open").json["items"]
    assert shipment["may_leave"]
    (back,) = story.warehouse.get("warehouse/expected").json
    assert back["order"] == story.order
    assert (story.deal()["owed"], _owing(story)) == ("0.00", [])

    story.exchange()
    assert story.warehouse.get("warehouse/expected").json == []


def _closing(app, story):
    """She has an answer and says whether she is content; the new piece has cost her nothing."""
    assert story.stands()["state"] == "review"

    story.close_complaint()
    assert (story.stands()["state"], story.stands()["verdict"]) == ("closed", "content")
    assert all(one["settled_at"] for one in story.deal()["concerns"])
    assert (story.deal()["owed"], _owing(story)) == ("0.00", [])
    with reading(app):
        assert figures(UUID(story.li))[0].bought == 3500
    states = story.service.get("service/warranties", order=story.order).json["items"]
    assert {one["serial"]: one["state"] for one in states} == {"A3": "ended", "B2": "registered"}


def _spring(story):
    """Its cleaning is offered once, however many nights pass."""
    story.promise_cleaning("04-01")
    for night in range(3):
        story.pass_the_night(SPRING + timedelta(night))

    (task,) = story.tasks("service.maintenance")
    assert (task["due_on"], task["order"]) == (SPRING.isoformat(), story.order)


def _birthday(story):
    """Thirty days before her day by the moon somebody is reminded, once."""
    story.pass_the_night(REMINDED - timedelta(1))
    assert story.tasks("service.birthday") == []

    for night in range(2):
        story.pass_the_night(REMINDED + timedelta(night))

    (task,) = story.tasks("service.birthday")
    assert task["due_on"] == REMINDED.isoformat()
    assert BIRTHDAY in task["reason"]


def _call(story, screen):
    """Her name and her balance are on the screen before she speaks, and so is what she has."""
    story.call(REMINDED)

    _, _, bar = screen("service", "/customers").partition("ringing-head")
    bar, _, _ = bar.partition("</section>")
    for word in ("林晓梅", "3,500.00", "Grade B", "Offer maintenance", "挂式空调 1.5 匹</a> until"):
        assert word in bar
    assert "Say “" not in bar  # nothing is known that the name does not say


def _timeline(story):
    """Everything that happened with her is told on her card, in words, in both languages."""
    told = story.service.get(f"customers/{story.li}/timeline", limit=200).json["items"]
    happened = story.admin.get("bus/events", order=story.order, limit=200).json["items"]
    assert {one["type"] for one in happened} <= {one["type"] for one in told}
    for kind in (
        "service.complaint_advanced", "service.compensation_agreed",
        "service.compensation_carried_out", "service.warranty_registered",
    ):  # fmt: skip
        assert kind in {one["type"] for one in told}
    assert f"询问了有同样货的其他客户（投诉 {story.stands()['number']}）" in {
        one["title"] for one in told
    }
    assert [one for one in told if "%(" in one["title"] or not one["title"]] == []


def _owing(story):
    """Return what Finance has to collect for her order."""
    found = story.finance.get("finance/receivables", owing="true", limit=200).json["items"]
    return [one for one in found if one["order"] == story.order]


def _switch(app, *, on):
    with unit_of_work(app):
        (switchboard.enable if on else switchboard.disable)("service", "admin")
