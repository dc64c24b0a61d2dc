"""Two departments side by side: the second sees the first's act by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.company import pay

WORDS = {
    "en": {"deposit": "Waiting for Finance", "next": "Waiting for Warehouse"},
    "zh_Hans_CN": {"deposit": "等财务", "next": "等仓库"},
}


def live(page):
    """Wait until a screen hears of what others do."""
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")


@pytest.mark.parametrize("language", WORDS)
def test_the_deposit_is_seen_where_it_was_waited_for(desk, scene, api, language):
    # Given a salesperson and a warehouseman with the same order open,
    # and finance's list of what is owed
    sales, warehouse = desk("sales", language), desk("warehouse", language)
    finance = desk("finance", language)
    for page in (sales, warehouse):
        page.goto(f"/deals/{scene.waiting}")
        expect(page.locator(".next-step")).to_contain_text(WORDS[language]["deposit"])
        live(page)
    finance.goto("/finance")
    row = finance.locator("tr", has_text=scene.waiting)
    expect(row).to_contain_text("300.00")
    live(finance)

    # When the deposit is taken
    pay(api, scene.customer_id, scene.waiting, "90.00")

    # Then all see it without touching anything
    for page in (sales, warehouse):
        received = page.locator(".strip .figure.received .figure-amount").first
        expect(received).to_contain_text("90.00")
        expect(page.locator(".next-step")).to_contain_text(WORDS[language]["next"])
    expect(row).to_contain_text("210.00")


def test_a_list_grows_and_a_form_stays(desk, scene, api):
    # Given the warehouse's list, and a salesperson who is changing an order
    warehouse, sales = desk("warehouse"), desk("sales")
    warehouse.goto("/warehouse")
    expect(warehouse.locator("#shipments")).to_contain_text(scene.waiting)
    live(warehouse)
    sales.goto(f"/sales/orders/{scene.waiting}/edit")
    note = sales.locator("textarea").first
    note.fill("被别人打断也不能丢")
    live(sales)

    # When somebody sells, and somebody takes money for the order that is being changed
    body = {"customer_id": scene.customer_id, "lines": [{"sku": "TEA", "quantity": "5"}]}
    number = api.post("sales/orders", body).json["number"]
    assert api.post(f"sales/orders/{number}/confirm").status_code == 200
    pay(api, scene.customer_id, scene.waiting, "10.00")

    # Then the new order is in the list by itself,
    expect(warehouse.locator("#shipments")).to_contain_text(number)
    # and the form says that something changed, and holds what was typed.
    expect(sales.locator(".changed-bar")).to_be_visible()
    expect(note).to_have_value("被别人打断也不能丢")
