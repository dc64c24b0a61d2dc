"""A company in whose every view table something stands."""

import pytest

from core.doctor import examine


@pytest.fixture
def busy(api, bus_idle):
    """A company that sold, shipped a part, was paid a part, and has an unhappy customer."""
    customer = api.post("customers", {"name": "上海晨光"}).json["id"]
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00"})
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "9"}]})
    order = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "3"}], "confirm": True}
    number = api.post("sales/orders", order).json["number"]
    shipment = api.get("warehouse/shipments", order=number).json["items"][0]
    part = [{"line_id": shipment["lines"][0]["line_id"], "quantity": "1"}]
    sent = api.post(f"warehouse/shipments/{shipment['id']}/ship", {"lines": part})
    paid = api.post(
        "finance/payments",
        {
            "customer_id": customer,
            "method": "cash",
            "amount": "80.00",
            "allocations": [{"order": number, "amount": "80.00"}],
        },
    )
    handed = api.post(f"warehouse/shipments/{shipment['id']}/deliver", {})
    assert handed.status_code == 200
    unhappy = api.post("service/complaints", {"order": number, "text": "漏水", "holds": "none"})
    _exchange(api, unhappy.json["id"], part[0])
    assert [sent.status_code, paid.status_code, unhappy.status_code] == [200, 201, 201]
    bus_idle()
    return number


def _exchange(api, complaint, line):
    """Promise the customer a new piece for the one she has."""
    for act, body in (
        ("hear", {"kind": "goods", "text": "一直漏"}),
        ("cause", {"cause": "goods", "department": "warehouse", "text": "裂了"}),
        ("proposal", {"kind": "exchange", "text": "换新", "lines": [line]}),
        ("answer", {"text": "同意", "agreed": True}),
    ):
        done = api.post(f"service/complaints/{complaint}/{act}", body)
        assert done.status_code == 200, done.text


@pytest.fixture
def doctor(app):
    """What doctor says now: whether all is well, and its last line."""

    def say() -> tuple[bool, str]:
        report = examine(app)
        return report.healthy, report.lines[-1]

    return say
