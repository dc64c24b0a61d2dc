"""She calls: her card is on the open screen of the person called, and disturbs nothing there."""

import pytest
from playwright.sync_api import expect

from core.db import unit_of_work
from core.people import services
from core.people.queries import person_by_login
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_two_departments import live

WORDS = {
    "en": {"aside": "Put aside", "open": "Open card", "said": "上海晨光文具 is calling."},
    "zh_Hans_CN": {"aside": "先放一边", "open": "打开客户卡", "said": "上海晨光文具来电。"},
}
LOOKS = {
    "a desk in English by day": ("en", "light", DESKTOP),
    "a phone in Chinese by night": ("zh_Hans_CN", "dark", PHONE),
}


@pytest.fixture
def extension(app):
    """The extension of the salesperson."""
    with unit_of_work(app):
        row = services.person(person_by_login("sales").id)
        services.edit_person(row.id, row.name, row.role_names, row.language, "8012")
    return "8012"


def ring(api, extension, number="13800138000"):
    answer = api.post("calls", {"from": number, "to": extension})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


@pytest.mark.parametrize("look", LOOKS)
def test_the_bar_appears_by_itself_and_stays_until_it_is_put_aside(
    desk, scene, api, extension, accessible, look
):
    # Given a salesperson who is typing into a form
    language, theme, viewport = LOOKS[look]
    page = desk("sales", language, theme, viewport)
    page.goto(f"/sales/orders/{scene.waiting}/edit")
    note = page.locator("textarea").first
    note.fill("说到一半")
    live(page)

    # When the customer of the order calls
    ring(api, extension)

    # Then the bar says who, what she owes, where her orders are and what worries her
    bar = page.locator("#caller")
    for said in ("上海晨光文具", scene.waiting, "茶叶罐有凹痕"):
        expect(bar).to_contain_text(said)
    expect(page.locator("#caller-said")).to_contain_text(WORDS[language]["said"])
    # and what is being typed is left alone, the focus with it
    expect(note).to_be_focused()
    expect(note).to_have_value("说到一半")
    accessible(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    # It survives a reload,
    page.goto("/products")
    expect(bar).to_contain_text("上海晨光文具")
    # until it is put aside; the page stays
    page.get_by_role("button", name=WORDS[language]["aside"]).click()
    expect(bar.locator(".ringing")).to_have_count(0)
    assert page.url.endswith("/products")
    page.reload()
    expect(bar.locator(".ringing")).to_have_count(0)


def test_her_card_is_one_click_away_and_the_end_of_the_call_clears_the_screen(
    desk, scene, api, extension
):
    page = desk("sales")
    page.goto("/tasks")
    live(page)
    call = ring(api, extension)

    page.get_by_role("button", name=WORDS["en"]["open"]).click()

    page.wait_for_url(f"**/customers/{scene.customer_id}")
    expect(page.locator("#caller")).to_contain_text("上海晨光文具")
    live(page)
    api.post(f"calls/{call}/ended", {"answered": True})
    expect(page.locator("#caller .ringing")).to_have_count(0)


def test_an_unknown_number_opens_a_new_card_with_the_number_in_it(desk, scene, api, extension):
    page = desk("sales")
    page.goto("/tasks")
    live(page)
    ring(api, extension, "13911112222")

    page.get_by_role("button", name="New customer").click()

    page.wait_for_url("**/customers/new**")
    expect(page.get_by_label("Phone number").first).to_have_value("13911112222")
