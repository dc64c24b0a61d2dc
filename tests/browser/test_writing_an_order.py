"""The form of an order counts as the server will: a price left empty is the list price."""

import re

from playwright.sync_api import expect


def choose(page, label, typed):
    field = page.get_by_role("combobox", name=re.compile(f"^{label}")).first
    field.press_sequentially(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")


def test_an_empty_price_is_the_list_price_before_and_after_a_refusal(desk, scene):
    # Given a line of two boxes whose price was emptied
    page = desk("sales")
    page.goto("/sales/orders/new")
    choose(page, "Product", "TEA")
    page.get_by_label("Quantity").first.fill("2")
    price = page.get_by_label("Price with tax").first
    price.fill("")
    price.blur()

    # Then it counts at the price of the list, which stands where one would be typed.
    amount, total = page.locator("[data-line-amount]").first, page.locator("[data-line-total]")
    expect(amount).to_have_text("200.00")
    expect(total).to_have_text("¥200.00")
    expect(price).to_have_attribute("placeholder", "100.00")

    # When it is sent without a customer, it is refused
    page.get_by_role("button", name="Write the quotation").click()
    expect(page.locator(".error-summary")).to_contain_text("Choose a customer from the list.")

    # and still counts the same, with the price still empty.
    expect(price).to_have_value("")
    expect(amount).to_have_text("200.00")
    expect(total).to_have_text("¥200.00")


def test_a_sum_that_is_not_known_is_not_shown(desk, scene):
    # Given a line with a quantity and no product
    page = desk("sales")
    page.goto("/sales/orders/new")
    page.get_by_label("Quantity").first.fill("2")

    # Then nothing is said to cost nothing.
    expect(page.locator("[data-line-total]")).to_have_text("")
