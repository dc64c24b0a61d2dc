"""The shell in a browser: what is found, what is typed, what another person changes meanwhile."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from core.customers.services import create_customer
from core.db import unit_of_work
from core.live.hints import hint
from core.money import to_money
from core.people import sessions
from core.people.identity import COOKIE
from core.products.services import change_product, create_product
from core.testing.clients import person_called


@pytest.fixture
def known(acting):
    """Two customers whose names sound alike."""
    with acting("sales"):
        create_customer("陈洁", ["13700001234"])
        create_customer("陈晓明", ["13911112222"])


def is_live(page):
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")


def test_without_a_stream_the_screen_is_still_told(app, desk):
    # Given a proxy that lets no stream through
    page = desk("sales")
    page.add_init_script("delete window.SharedWorker")  # its requests cannot be stopped from here
    nothing = {"content_type": "text/event-stream", "body": ""}
    page.route("**/live?*", lambda route: route.fulfill(**nothing))
    page.goto("/customers")
    expect(page.locator("#connection")).to_have_attribute("data-state", "lost")

    # When somebody enters a customer
    with unit_of_work(app):
        create_customer("陈洁", ["13700001234"])

    # Then she appears all the same
    expect(page.get_by_text("陈洁")).to_be_visible(timeout=20_000)


@pytest.mark.usefixtures("known")
def test_the_search_box_is_worked_by_keys_alone(desk):
    page = desk("sales")
    page.goto("/customers")

    page.keyboard.press("Control+k")
    page.keyboard.type("cxm")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("陈晓明")
    expect(page.get_by_role("combobox", name="Search")).to_have_attribute(
        "aria-activedescendant", "found-0"
    )
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("陈晓明")


@pytest.mark.usefixtures("known")
def test_escape_closes_the_search_and_gives_the_focus_back(desk):
    page = desk("sales")
    page.goto("/customers")
    opener = page.locator(".topbar [data-opens=search]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#search")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("#search")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.usefixtures("known")
def test_a_list_is_filtered_in_place_and_its_address_can_be_kept(desk):
    page = desk("sales")
    page.goto("/customers")

    page.keyboard.press("/")
    page.keyboard.type("chenjie")

    expect(page.locator("tr[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=chenjie$"))
    page.reload()
    expect(page.locator("tr[data-row]")).to_have_count(1)


@pytest.mark.usefixtures("known")
def test_a_row_appears_on_another_persons_open_screen(desk, acting):
    page = desk("sales")
    page.goto("/customers")
    is_live(page)

    with acting("service"):
        create_customer("赵敏", ["13600000000"])

    expect(page.get_by_role("link", name="赵敏")).to_be_visible(timeout=2_000)


def test_what_is_being_typed_is_never_replaced(app, desk, acting):
    # Given two people who open the same card,
    with acting("sales"):
        card = str(create_customer("陈洁", ["13700001234"]).id)
    page = desk("sales")
    page.goto(f"/customers/{card}/edit")
    is_live(page)
    note = page.locator("#f-prefers")
    note.fill("Prefers green tea")

    # when the other one saves,
    with unit_of_work(app):
        hint("customers", card)

    # then a bar says so, and what was typed is still there.
    expect(page.locator(".changed-bar")).to_be_visible()
    expect(note).to_have_value("Prefers green tea")


def test_signing_out_closes_every_open_screen(app, desk):
    # Given two tabs of one browser,
    page = desk("sales")
    page.goto("/customers")
    is_live(page)
    other = page.context.new_page()
    other.goto("/products")
    is_live(other)

    # when the session ends,
    token = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    with unit_of_work(app):
        sessions.close_session(token)

    # then both leave what they showed, by themselves.
    expect(page).to_have_url(re.compile("/sign-in"), timeout=15_000)
    expect(other).to_have_url(re.compile("/sign-in"), timeout=15_000)
    assert person_called(app, "sales")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
@pytest.mark.usefixtures("known")
def test_dialogs_and_menus_are_accessible(desk, accessible, language, theme):
    page = desk("admin", language=language, theme=theme)
    page.goto("/customers")
    is_live(page)

    page.keyboard.press("Control+k")
    page.keyboard.type("chen")
    expect(page.get_by_role("option")).not_to_have_count(0)
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.locator(".topbar .person").click()
    expect(page.get_by_role("button", name=re.compile("Sign out|退出"))).to_be_visible()
    accessible(page)


def test_a_narrow_phone_needs_no_sideways_scrolling(desk):
    page = desk("admin", viewport={"width": 320, "height": 640})
    for address in ("/customers", "/products", "/people", "/modules", "/customers/new"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address

    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.locator("#rail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rail")).to_be_hidden()


def test_a_form_is_sent_although_something_of_it_is_still_being_asked(desk):
    # Given a form that asks whether her card is there already, and a slow answer
    page = desk("sales")
    asked = []

    def hold(route):
        asked.append(route)

    page.route("**/customers/alike", hold)
    page.goto("/customers/new")
    page.locator("#f-name").fill("陈洁")
    page.keyboard.press("Tab")
    page.locator("#alike.htmx-request").wait_for(state="attached")

    # When it is saved meanwhile
    page.get_by_role("button", name="Save").click()

    # Then it is
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈洁")
    assert asked


def test_the_page_of_the_rest_document_shows_it(desk):
    page = desk("")

    page.goto("/api/v1/docs")

    expect(page.locator(".opblock").first).to_be_visible()


def test_every_field_of_a_family_is_wide_enough_to_write_in(desk):
    page = desk("sales")
    page.goto("/customers/new")
    page.get_by_text("Family and contacts").click()

    fields = page.locator("[data-lines=contacts] tbody input:visible")

    assert fields.count() == 6
    assert min(field.bounding_box()["width"] for field in fields.all()) >= 70


def test_no_unit_lies_upon_the_number_before_it(desk):
    page = desk("admin")
    page.goto("/messages/settings")

    for unit in page.locator(".affix").all():
        field = unit.locator("xpath=preceding-sibling::input")
        room = float(
            field.evaluate("one => getComputedStyle(one).paddingInlineEnd").removesuffix("px")
        )
        left = field.bounding_box()["x"] + field.bounding_box()["width"] - room
        assert unit.bounding_box()["x"] >= left, unit.inner_text()


def test_a_product_whose_number_has_a_slash_is_kept_up_to_date(app, desk):
    # Given the page of a product, numbered as its maker does
    sku = "KFR-35GW/B1 (a=b?)"
    with unit_of_work(app):
        create_product(sku, "空调", "台", to_money("3500"))
    page = desk("sales")
    page.goto(f"/products/{quote(sku)}")
    is_live(page)

    # When somebody renames it
    with unit_of_work(app):
        change_product(sku, name="壁挂式空调")

    # Then the page says so
    expect(page.get_by_role("heading", level=1)).to_contain_text("壁挂式空调")
