"""Points are counted for what anybody takes; a voucher is a sale that everybody sees."""

import pytest

from core.db import reading
from core.people.roles import described_roles


@pytest.fixture
def wang(api):
    """A customer."""
    return api.post("customers", {"name": "王芳", "phones": ["13800138000"]}).json["id"]


def points(api, customer_id):
    return api.get(f"loyalty/points/{customer_id}").json["points"]


def sell_voucher(api, customer_id, amount="100.00"):
    answer = api.post("loyalty/vouchers", {"customer_id": customer_id, "amount": amount})
    assert answer.status_code == 201, answer.text
    return answer.json["number"]


def pay(api, customer_id, number, amount):
    body = {"customer_id": customer_id, "method": "cash", "amount": amount}
    body["allocations"] = [{"order": number, "amount": amount}]
    answer = api.post("finance/payments", {**body, "excess": "refuse"})
    assert answer.status_code == 201, answer.text


def test_a_voucher_is_a_sale_that_every_department_sees(api, bus_idle, wang):
    # When loyalty, of which nobody knows, sells a voucher,
    number = sell_voucher(api, wang)
    bus_idle()

    # then the shared picture has it, and finance collects it.
    assert api.get(f"deals/{number}").json["owed"] == "100.00"
    owed = api.get("finance/receivables").json["items"]
    assert [(each["order"], each["owed"]) for each in owed] == [(number, "100.00")]


def test_a_payment_brings_points_once(api, bus_idle, wang):
    number = sell_voucher(api, wang)

    pay(api, wang, number, "65.00")
    bus_idle()
    bus_idle()

    assert points(api, wang) == 6


def test_points_can_be_redeemed_but_not_more_than_there_are(api, bus_idle, wang):
    pay(api, wang, sell_voucher(api, wang), "100.00")
    bus_idle()
    wish = {"customer_id": wang, "points": 7, "reason": "mug"}

    assert api.post("loyalty/redemptions", wish).status_code == 204
    bus_idle()
    assert points(api, wang) == 3

    refused = api.post("loyalty/redemptions", wish)
    assert refused.status_code == 409
    assert refused.json["code"] == "too_few_points"
    assert points(api, wang) == 3


def test_an_order_from_a_quotation_is_read_by_name(api, bus_idle, wang):
    # Given an order that sales took from a quotation,
    lamp = {"sku": "LAMP", "name": "灯", "unit": "piece", "price": "80.00", "currency": "CNY"}
    api.post("products", lamp)
    order = api.post(
        "sales/orders", {"customer_id": wang, "lines": [{"sku": "LAMP", "quantity": "1"}]}
    )
    confirmed = api.post(f"sales/orders/{order.json['number']}/confirm")
    assert confirmed.status_code == 200, confirmed.text

    # when loyalty has read of it, the few points it brings depend on how it came about.
    bus_idle()
    kinds = api.get("bus/events", order=confirmed.json["number"]).json["items"]
    quoted = kinds[0]["payload"].get("quotation_number")
    assert points(api, wang) == (5 if quoted else 0)


def test_what_happened_while_it_was_off_is_counted_when_it_is_back(api, bus_idle, wang):
    number = sell_voucher(api, wang)
    bus_idle()

    assert api.post("modules/loyalty/disable").status_code == 200
    assert api.get(f"loyalty/points/{wang}").json["code"] == "module_off"
    pay(api, wang, number, "50.00")
    bus_idle()

    assert api.post("modules/loyalty/enable").status_code == 200
    bus_idle()
    assert points(api, wang) == 5


def test_the_customers_page_shows_the_panel_and_the_menu_its_screen(api, bus_idle, client, wang):
    pay(api, wang, sell_voucher(api, wang), "100.00")
    bus_idle()
    admin = client("admin")

    assert 'id="loyalty-points"' in admin.get(f"/customers/{wang}").text
    page = admin.get("/loyalty/points")
    assert page.status_code == 200
    assert "王芳" in page.text
    # Somebody of sales sees neither.
    assert client("sales").get("/loyalty/points").status_code == 403
    assert 'id="loyalty-points"' not in client("sales").get(f"/customers/{wang}").text


def test_its_role_can_be_given(app):
    with reading(app):
        assert "loyalty_member" in {role.name for role in described_roles()}
