"""Two departments side by side: the second sees the first's act by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.company import pay

WORDS = {
    "en": {"deposit": "Waiting for Finance", "next": "Waiting for Warehouse"},
    "zh_Hans_CN": {"deposit": "等财务", "next": "等仓库"},
}


@pytest.mark.parametrize("language", WORDS)
def test_the_deposit_is_seen_where_it_was_waited_for(desk, scene, api, language):
    # Given a salesperson and a warehouseman with the same order open
    sales, warehouse = desk("sales", language), desk("warehouse", language)
    for page in (sales, warehouse):
        page.goto(f"/deals/{scene.waiting}")
        expect(page.locator("body")).to_contain_text(WORDS[language]["deposit"])
        expect(page.locator("[data-live-state]")).to_have_attribute("data-live-state", "live")

    # When finance takes the deposit
    pay(api, scene.customer_id, scene.waiting, "90.00")

    # Then both see it without touching anything
    for page in (sales, warehouse):
        received = page.locator(".strip .figure.received .figure-amount").first
        expect(received).to_contain_text("90.00")
        expect(page.locator("body")).to_contain_text(WORDS[language]["next"])


def test_a_new_order_appears_in_the_list_of_what_to_ship(desk, scene, api):
    # Given the warehouse's list
    warehouse = desk("warehouse")
    warehouse.goto("/warehouse")
    expect(warehouse.locator("body")).to_contain_text(scene.waiting)

    # When somebody sells
    body = {"customer_id": scene.customer_id, "lines": [{"sku": "TEA", "quantity": "5"}]}
    number = api.post("sales/orders", body).json["number"]
    api.post(f"sales/orders/{number}/confirm")

    # Then the order is there
    expect(warehouse.locator("body")).to_contain_text(number)


def test_a_form_being_filled_in_is_left_alone(desk, scene, api):
    # Given a salesperson who is changing an order
    sales = desk("sales")
    sales.goto(f"/sales/orders/{scene.waiting}/edit")
    note = sales.locator("textarea, input[type=text]").first
    note.fill("被别人打断也不能丢")

    # When somebody else takes money for it
    pay(api, scene.customer_id, scene.waiting, "10.00")
    sales.wait_for_timeout(1500)

    # Then what was typed still stands there
    expect(note).to_have_value("被别人打断也不能丢")
