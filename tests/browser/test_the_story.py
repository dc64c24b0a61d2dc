"""Sell with a deposit, take it, ship, and the customer comes to pay the rest: all by hand.

Four people, each at an own screen, with clicks and keys alone; nobody reloads a page.
"""

import re

import pytest
from playwright.sync_api import expect

WORDS = {
    "en": {
        "customer": "Customer",
        "product": "Product",
        "quantity": "Quantity",
        "kind": "Kind",
        "prepayment": "Down payment",
        "percent": "Percent of the total",
        "write": "Write the quotation",
        "confirm": "Confirm the order",
        "confirmed": "is confirmed",
        "held": "Held",
        "may_leave": "May leave",
        "find": "Name, pinyin, phone or order number",
        "amount": "Amount received",
        "cash": "Cash",
        "transfer": "Bank transfer",
        "take": "Take the payment",
        "taken": "The payment is taken",
        "ship": "Ship",
        "shipped": "Shipped. Delivery note",
        "delivered": "Delivered",
        "seen": "Everybody sees it now",
        "later": "Later",
        "call": "is everything installed",
    },
    "zh_Hans_CN": {
        "customer": "客户",
        "product": "商品",
        "quantity": "数量",
        "kind": "类别",
        "prepayment": "订金",
        "percent": "占总额的百分比",
        "write": "开报价单",
        "confirm": "确认订单",
        "confirmed": "已确认",
        "held": "暂扣",
        "may_leave": "可以发货",
        "find": "姓名、拼音、电话或订单号",
        "amount": "收款金额",
        "cash": "现金",
        "transfer": "银行转账",
        "take": "确认收款",
        "taken": "收款完成",
        "ship": "发货",
        "shipped": "已发货，送货单",
        "delivered": "已签收",
        "seen": "各部门",
        "later": "以后",
        "call": "装好了吗",
    },
}


@pytest.fixture
def shop(api, server):
    """Tea in stock, and a customer who is known."""
    tea = {"sku": "TEA", "name": "明前龙井", "unit": "盒", "price": "100.00", "tax_rate": "13"}
    api.post("products", tea)
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "40"}]})
    card = {"name": "上海晨光文具", "phones": ["13800138000"], "addresses": ["上海市漕溪北路88号"]}
    api.post("customers", card)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True).first


def choose(page, label, typed):
    """Type into a field that searches, and take what it finds first."""
    field = page.get_by_role("combobox", name=re.compile(f"^{label}")).first
    field.press_sequentially(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")


def sell(page, words):
    """Write and confirm an order with 30 % deposit; return its number."""
    page.goto("/sales")
    page.keyboard.press("n")
    choose(page, words["customer"], "shcg")
    choose(page, words["product"], "TEA")
    page.get_by_label(words["quantity"]).first.fill("3")
    page.get_by_label(words["kind"]).select_option(label=words["prepayment"])
    page.get_by_label(words["percent"]).fill("30")
    expect(page.locator("[data-line-total]")).to_have_text("¥300.00")
    button(page, words["write"]).click()
    button(page, words["confirm"]).click()
    expect(page.locator("#toasts")).to_contain_text(words["confirmed"])
    return re.search(r"SO-\d+-\d+", page.url).group()


def collect(page, words, typed, amount, method):
    """Find who stands at the counter, and take what the screen says is to be paid."""
    page.goto("/finance/counter")
    page.get_by_label(words["find"]).press_sequentially(typed)
    page.locator("#found").get_by_role("link", name="上海晨光文具").click()
    expect(page.locator(".deal-head").first).to_contain_text("王伟")  # who sold it
    expect(page.get_by_label(words["amount"])).to_have_value(amount)
    page.get_by_role("radio", name=words[method]).check()
    button(page, words["take"]).click()
    expect(page.locator("#main")).to_contain_text(words["taken"])


def figure(page, name):
    return page.locator(f".strip .figure.{name} .figure-amount").first


@pytest.mark.parametrize("language", WORDS)
def test_from_the_deposit_to_the_balance(desk, shop, language):
    words = WORDS[language]
    sales, finance = desk("sales", language), desk("finance", language)
    warehouse, service = desk("warehouse", language), desk("service", language)

    # Given a warehouse that looks at what to ship,
    warehouse.goto("/warehouse")

    # when somebody sells with a deposit, the goods are held there;
    number = sell(sales, words)
    shipment = warehouse.locator("tr", has_text=number)
    expect(shipment).to_contain_text(words["held"])
    expect(shipment).to_contain_text("¥90.00")
    shipment.get_by_role("link", name=number).first.click()
    expect(warehouse.locator(".page-head")).to_contain_text(words["held"])

    # when finance takes the deposit, they may leave, on the page that is open;
    collect(finance, words, "shcg", "90.00", "cash")
    expect(warehouse.locator(".page-head")).to_contain_text(words["may_leave"])

    # the warehouse ships and brings them,
    button(warehouse, words["ship"]).click()
    expect(warehouse.locator("#toasts")).to_contain_text(words["shipped"])
    button(warehouse, words["delivered"]).click()
    expect(warehouse.locator("#toasts")).to_contain_text(words["seen"])

    # service knows whom to call in three days,
    service.goto("/service")
    service.get_by_role("link", name=re.compile(words["later"])).first.click()
    expect(service.locator("#calls")).to_contain_text(words["call"])
    expect(service.locator("#calls")).to_contain_text("上海晨光文具")

    # and the customer who comes to pay the rest is known by her phone.
    collect(finance, words, "138001", "210.00", "transfer")

    # Then whoever sold it has seen it all, without a reload.
    expect(figure(sales, "received")).to_have_text("¥300.00")
    expect(figure(sales, "shipped")).to_have_text("¥300.00")
    expect(figure(sales, "owed")).to_have_text("¥0.00")
