"""Finance and the warehouse act on one order, through their own services, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest


@pytest.fixture
def an_order(api, bus_idle):
    """Ten pieces at ten each, thirty of it due before shipping; the goods are in stock."""
    customer = api.post("customers", {"name": "李丽", "phones": ["13800138000"]}).json["id"]
    product = {"sku": "TEA", "name": "龙井", "unit": "罐", "price": "10.00", "currency": "CNY"}
    api.post("products", {**product, "tax_rate": "13", "lots": False, "serials": False})
    lines = [{"sku": "TEA", "quantity": "100"}]
    assert api.post("warehouse/receipts", {"lines": lines}).status_code == 201

    def make() -> tuple[str, str]:
        order = {
            "customer_id": customer,
            "lines": [{"sku": "TEA", "quantity": "10"}],
            "deposit": {"kind": "prepayment", "amount": "30.00", "before_shipping": True},
        }
        number = api.post("sales/orders", order).json["number"]
        assert api.post(f"sales/orders/{number}/confirm").status_code == 200
        pay(api, customer, number, "30.00")
        bus_idle()
        shipment = api.get("warehouse/shipments", order=number).json["items"][0]["id"]
        return number, shipment

    return make


def pay(api, customer: str, number: str, amount: str) -> None:
    """Take money for the order."""
    body = {"customer_id": customer, "method": "cash", "amount": amount}
    allocations = [{"order": number, "amount": amount}]
    answer = api.post("finance/payments", {**body, "allocations": allocations})
    assert answer.status_code == 201, answer.json


def _both(one, other):
    start = Barrier(2)

    def begin(act):
        start.wait()
        return act()

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(begin, one), threads.submit(begin, other)
        return first.result(), second.result()


def test_goods_leave_or_the_deposit_goes_back_never_both(an_order, api_as):
    for _round in range(3):
        number, shipment = an_order()
        warehouse, finance = api_as("warehouse"), api_as("finance")
        back = {"order": number, "amount": "30.00", "method": "cash", "reason": "不要了"}

        shipped, refunded = _both(
            lambda w=warehouse, s=shipment: w.post(f"warehouse/shipments/{s}/ship", {}),
            lambda f=finance, b=back: f.post("finance/refunds", b),
        )

        assert sorted([shipped.status_code < 300, refunded.status_code < 300]) == [False, True]
        refused = shipped if shipped.status_code > 300 else refunded
        assert refused.json["code"] in ("deposit_due", "refund_too_large")


def test_a_sale_from_deposit_to_a_return(an_order, api, bus_idle):
    # Given an order that was shipped, invoiced and paid
    number, shipment = an_order()
    assert api.post(f"warehouse/shipments/{shipment}/ship", {}).status_code == 200
    assert api.post("finance/invoices", {"order": number}).json["amount"] == "100.00"
    customer = api.get(f"deals/{number}").json["customer_id"]
    pay(api, customer, number, "70.00")

    # When three pieces come back
    line = api.get(f"deals/{number}").json["lines"][0]["line_id"]
    body = {"order": number, "lines": [{"line_id": line, "quantity": "3"}], "restock": True}
    assert api.post("warehouse/returns", body).status_code == 201
    bus_idle()

    # Then the customer owes less, the invoice is corrected, and her money can go back
    told = api.get(f"deals/{number}").json
    assert (told["credited"], told["invoiced"], told["owed"]) == ("30.00", "70.00", "-30.00")
    back = {"order": number, "amount": "30.00", "method": "cash", "reason": "退货"}
    assert api.post("finance/refunds", back).status_code == 201
    assert api.get(f"deals/{number}").json["owed"] == "0.00"
