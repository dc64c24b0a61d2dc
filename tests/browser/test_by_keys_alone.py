"""Somebody who does not touch the mouse: finds, opens a form, errs, mends and saves."""

import re

from playwright.sync_api import expect


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def test_the_whole_way_by_keys_alone(desk, scene):
    page = desk("sales")
    page.goto("/customers")
    start = page.get_by_role("link", name="上海晨光文具")
    start.focus()

    # Ctrl+K finds by initials and says at once what is owed; Esc gives the focus back.
    page.keyboard.press("Control+k")
    page.keyboard.type("shcg")
    found = page.get_by_role("option", name=re.compile("上海晨光文具")).first
    expect(found).to_contain_text("¥430.00")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()
    expect(start).to_be_focused()

    # N opens the form, which is ready to be typed in.
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/customers/new$"))
    expect(page.get_by_label("Name", exact=True)).to_be_focused()

    # A form that says too little is not accepted: the first bad field has the focus,
    # it is told what to enter, and what was typed is still there.
    page.keyboard.press("Tab")
    page.keyboard.type("13900001111")
    page.keyboard.press("Control+s")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    expect(page.get_by_role("alert")).to_be_visible()
    described = name.get_attribute("aria-describedby").split()[0]
    expect(page.locator(f"#{described}")).to_be_visible()
    expect(page.get_by_label("Phone number")).to_have_value("13900001111")

    # What is mended is saved.
    page.keyboard.type("北京兰亭")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("北京兰亭")
    expect(page.locator("#main")).to_contain_text("13900001111")


def test_an_order_with_a_mistake_keeps_every_word(desk, scene):
    # Given an order that is typed without a mouse, with a quantity that is none
    page = desk("sales", "zh_Hans_CN")
    page.goto("/sales")
    page.keyboard.press("n")
    for typed in ("shcg", "TEA"):
        field = page.get_by_role("combobox", name="客户" if typed == "shcg" else "商品").first
        field.focus()
        page.keyboard.type(typed)
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("两盒")
    page.get_by_label("单据备注").fill("送到三楼")

    # When it is sent
    page.keyboard.press("Control+s")

    # Then the mistake has the focus, and nothing that was typed is lost;
    quantity = page.get_by_label("数量").first
    expect(quantity).to_have_attribute("aria-invalid", "true")
    expect(quantity).to_be_focused()
    expect(quantity).to_have_value("两盒")
    expect(page.get_by_label("单据备注")).to_have_value("送到三楼")
    expect(page.get_by_role("combobox", name="商品").first).to_have_value("明前龙井")

    # and with a number it is a quotation.
    quantity.fill("2")
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/sales/orders/SO-"))
