"""Two departments act on one order at the same moment: they never contradict each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest

ROUNDS = 3


def _together(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(begin, act) for act in acts]]


@pytest.fixture
def shop(api):
    """A customer, and plenty of tea in stock."""
    tea = {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "10.00", "currency": "CNY"}
    api.post("products", {**tea, "tax_rate": "13"})
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "500"}]})
    customer = api.post("customers", {"name": "上海晨光", "phones": ["13812345678"]}).json["id"]

    def sell(quantity: str, **more: Any) -> tuple[str, dict[str, Any]]:
        body = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": quantity}], **more}
        order = api.post("sales/orders", body).json
        if order["state"] == "quotation":
            order = api.post(f"sales/orders/{order['number']}/confirm", {}).json
        [shipment] = api.get("warehouse/shipments", order=order["number"]).json["items"]
        return order["number"], shipment

    sell.customer = customer
    return sell


def _pay(api, customer, number, amount):
    allocation = {"order": number, "amount": amount}
    body = {"customer_id": customer, "method": "cash", "amount": amount}
    answer = api.post("finance/payments", {**body, "allocations": [allocation]})
    assert answer.status_code == 201, answer.json


def test_ship_and_cancel(shop, api, api_as):
    for _round in range(ROUNDS):
        # Given an order that sales wants to cancel while the warehouse ships it
        number, shipment = shop("4")
        warehouse, sales = api_as("warehouse"), api_as("sales")

        shipped, cancelled = _together(
            lambda a=warehouse, s=shipment: a.post(f"warehouse/shipments/{s['id']}/ship", {}),
            lambda a=sales, n=number: a.post(f"sales/orders/{n}/cancel", {"reason": "不要了"}),
        )

        # Then one of the two has happened, and everybody knows which
        assert (shipped.status_code == 200) is not (cancelled.status_code == 200)
        [line] = api.get(f"deals/{number}").json["lines"]
        assert Decimal(line["shipped"]) + Decimal(line["cancelled"]) == 4
        states = [each["state"] for each in _shipments(api, number)]
        assert states == (["shipped"] if shipped.status_code == 200 else [])


def test_ship_and_refund_the_deposit(shop, api, api_as):
    deposit = {"kind": "prepayment", "amount": "12.00", "before_shipping": True}
    for _round in range(ROUNDS):
        # Given a deposit that was paid, so that the goods may leave
        number, shipment = shop("4", deposit=deposit)
        _pay(api, shop.customer, number, "12.00")
        warehouse, finance = api_as("warehouse"), api_as("finance")
        refund = {"order": number, "amount": "12.00", "method": "cash", "reason": "客户反悔"}

        # When the deposit is given back while they are shipped
        shipped, refunded = _together(
            lambda a=warehouse, s=shipment: a.post(f"warehouse/shipments/{s['id']}/ship", {}),
            lambda a=finance, r=refund: a.post("finance/refunds", r),
        )

        # Then goods without a deposit have not left
        assert (shipped.status_code == 200) is not (refunded.status_code == 201)
        deal = api.get(f"deals/{number}").json
        assert (deal["shipped"], deal["refunded"]) in {("40.00", "0.00"), ("0.00", "12.00")}


def test_return_and_refund(shop, api, api_as):
    for _round in range(ROUNDS):
        # Given goods that were shipped and paid
        number, shipment = shop("4")
        api.post(f"warehouse/shipments/{shipment['id']}/ship", {})
        _pay(api, shop.customer, number, "40.00")
        [line] = api.get(f"deals/{number}").json["lines"]
        back = {"lines": [{"line_id": line["line_id"], "quantity": "1"}], "restock": True}
        refund = {"order": number, "amount": "10.00", "method": "cash", "reason": "退货"}
        warehouse, finance = api_as("warehouse"), api_as("finance")

        # When one piece comes back while its money is asked for
        returned, refunded = _together(
            lambda a=warehouse, b=back, n=number: a.post("warehouse/returns", {**b, "order": n}),
            lambda a=finance, r=refund: a.post("finance/refunds", r),
        )

        # Then the return stands, and money went back only if the goods were back
        assert returned.status_code == 201, returned.json
        assert refunded.status_code in (201, 409), refunded.json
        deal = api.get(f"deals/{number}").json
        assert deal["refunded"] == ("10.00" if refunded.status_code == 201 else "0.00")
        # And what was refused a moment too early is granted now
        if refunded.status_code == 409:
            assert finance.post("finance/refunds", refund).status_code == 201


def _shipments(api, number):
    return api.get("warehouse/shipments", order=number).json["items"]
