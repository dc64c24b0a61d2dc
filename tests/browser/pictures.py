"""`make pictures`: take the manual's pictures anew, of the sample company and of one customer.

They show the program as it is, with what happened in tests/scenarios/story.py: sold some months
ago, so that today its cleaning is due and her birthday is a month away.
"""

import time
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from core import sample
from core.app import create_app
from core.calendar.lunar import to_lunar
from core.clock import today
from core.config import CHECKOUT, Settings
from core.db import reading
from core.setup import migrate
from core.testing.clients import ScreenClient
from core.testing.deliveries import deliver_everything
from tests.browser.conftest import PHONE
from tests.scenarios.house import MORNING
from tests.scenarios.story import Story

FOLDER = CHECKOUT / "docs" / "pictures"
WIDE = {"width": 1280, "height": 860}
CHINESE = "zh_Hans_CN"
_real = time.time


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The sample company."""
    settings = Settings(home=tmp_path_factory.mktemp("pictures"))
    migrate(settings)
    made = create_app(settings)
    made.test_client_class = ScreenClient
    sample.load_sample(made)
    return made


@pytest.fixture(scope="module")
def story(app):
    """What happened with one air-conditioner, up to the complaint; the rest comes in between."""
    with reading(app):
        day = today()
        _year, born = to_lunar(day + timedelta(30))
    told = Story(app, app.test_client(), lambda: deliver_everything(app), day - timedelta(300))
    told.open_the_house()
    told.sell()
    told.birthday = {
        "birth_calendar": "lunar",
        "birth_month": str(born.month),
        "birth_day": str(born.day),
    }
    return told


@pytest.fixture
def at(story, monkeypatch):
    """Let the clock of the machine, as this process sees it, stand where the story stands."""

    def move():
        stands = datetime.combine(story.today, MORNING) + timedelta(minutes=5)
        ahead = stands.timestamp() - _real()
        monkeypatch.setattr(time, "time", lambda: _real() + ahead)

    return move


@pytest.fixture
def take(desk, at):
    """Take a picture: take("order", "sales", "/sales/orders/SO-1", dark=True, height=400)."""

    def shoot(
        name, login, path, *, phone=False, height=0, dark=False, language="en", ready=None, do=None
    ):
        at()
        theme, viewport = ("dark" if dark else "light"), dict(PHONE if phone else WIDE)
        viewport["height"] = height or viewport["height"]
        page = desk(login, language=language, theme=theme, viewport=viewport)
        page.goto(path)
        if do is not None:
            do(page)
        if ready is not None:
            expect(page.get_by_text(ready).first).to_be_visible()
        page.wait_for_load_state("networkidle") if not login else page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        page.context.close()

    return shoot


def test_the_sale(story, take):
    take("story-deposit", "sales", f"/deals/{story.order}")
    story.take_deposit()
    story.deliver()
    take("story-shipped", "finance", f"/deals/{story.order}", language=CHINESE)
    story.take_balance()


def test_the_warranty(story, take):
    def fill(page):
        page.locator("[name=serial]").fill("A3")
        page.locator("[name=name]").fill("林晓梅")
        page.locator("[name=phone]").fill("138 0013 8000")
        page.locator("details summary").click()
        page.locator("[name=birth_calendar]").select_option("lunar")
        page.locator("[name=birth_month]").fill(story.birthday["birth_month"])
        page.locator("[name=birth_day]").fill(story.birthday["birth_day"])
        page.locator("[name=may_call][type=checkbox]").check()
        page.evaluate("scrollTo(0, 0)")

    take("story-warranty", "", "/w?s=A3", phone=True, height=1310, language=CHINESE, do=fill)
    story.register(story.birthday)
    story.call_back(6)
    story.call_back(33)


def test_the_complaint(story, take):
    story.complain()
    take("story-complaint", "service", f"/service/complaints/{story.complaint}")
    story.ask_others()
    take(
        "story-others",
        "service",
        f"/service/complaints/{story.complaint}/others",
        dark=True,
        height=490,
    )
    story.hear_others()
    story.agree_on_exchange()
    take("story-exchange", "warehouse", f"/deals/{story.order}")
    story.exchange()
    story.close_complaint()
    story.call_back(93)


def test_what_is_remembered(story, take):
    day = story.day(300)
    story.promise_cleaning(f"{day:%m-%d}")
    story.order_again()
    story.pass_the_night(day)
    take("story-promises", "admin", "/promises")
    take("story-inbox", "service", "/tasks?q=林晓梅")
    take("story-phone", "service", "/tasks?q=林晓梅", phone=True, height=1130, language=CHINESE)
    take("story-card", "service", f"/customers/{story.li}")
    take("story-timeline", "service", f"/customers/{story.li}/timeline", language=CHINESE)


def test_the_screens_of_every_day(story, take):
    number = story.order
    take("orders", "sales", "/sales/orders", language=CHINESE)
    take("order", "sales", f"/sales/orders/{number}")
    take("to-ship", "warehouse", "/warehouse/board")
    take("receivables", "finance", "/finance")
    take(
        "counter", "finance", "/finance/counter", language=CHINESE, dark=True, height=560, do=_find
    )
    take("phone-order", "sales", f"/deals/{number}", phone=True)
    take("search", "finance", "/finance", do=lambda page: _search(page, "lxm"))
    take("phone-calls", "service", "/service", phone=True, language=CHINESE)


def test_she_calls(story, take):
    story.call(story.today)
    take("story-call", "service", "/customers", ready="挂式空调")


def _find(page):
    page.keyboard.type("lxm")
    page.get_by_role("link", name="林晓梅").first.click()
    page.get_by_text("收款金额").first.wait_for()


def _search(page, text):
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    page.get_by_text("林晓梅").first.wait_for()
