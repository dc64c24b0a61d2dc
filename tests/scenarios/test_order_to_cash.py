"""One order through four departments, by REST alone, as another program would do it."""

import pytest


@pytest.fixture
def tea(api):
    """Tea that is in the catalogue and in stock."""
    api.post(
        "products",
        {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00", "tax_rate": "13"},
    )
    api.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "10"}]})
    return "TEA"


@pytest.fixture
def customer(api):
    return api.post("customers", {"name": "上海晨光", "phones": ["13800138000"]}).json["id"]


def test_sell_with_a_deposit_take_it_ship_and_collect_the_rest(
    api, api_as, tea, customer, bus_idle
):
    # Given an order of 300 with a deposit of 30 % due before shipping
    order = api_as("sales").post(
        "sales/orders",
        {
            "customer_id": customer,
            "lines": [{"sku": tea, "quantity": "3"}],
            "deposit": {"kind": "prepayment", "percent": "30", "before_shipping": True},
        },
    )
    assert (order.status_code, order.json["state"], order.json["total"]) == (
        201,
        "quotation",
        "300.00",
    )
    number = order.json["number"]
    confirmed = api_as("sales").post(f"sales/orders/{number}/confirm")
    assert confirmed.json["state"] == "confirmed"

    # Then every department sees it at once, and the warehouse knows that it must not leave
    deal = api.get(f"deals/{number}").json
    assert (deal["ordered"], deal["owed"], deal["customer"]) == ("300.00", "300.00", "上海晨光")
    shipment = _shipments(api, number)[0]
    assert (shipment["state"], shipment["may_leave"]) == ("open", False)
    early = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})
    assert (early.status_code, early.json["code"]) == (409, "deposit_due")

    # When finance takes the deposit, the goods may leave
    paid = _pay(api_as("finance"), customer, number, "90.00")
    assert paid.status_code == 201
    assert _shipments(api, number)[0]["may_leave"] is True

    # When the warehouse ships and delivers
    shipped = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})
    assert shipped.status_code == 200
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/deliver", {})

    # Then service has its calls, and finance sees what is left
    bus_idle()
    assert len(api.get("service/tasks", order=number).json["items"]) == 3
    assert api.get("finance/receivables").json["items"][0]["owed"] == "210.00"

    # When the customer comes to pay the rest, too much is refused with the new figure
    too_much = _pay(api_as("finance"), customer, number, "300.00")
    assert (too_much.status_code, too_much.json["code"]) == (409, "owed_changed")
    assert too_much.json["owed"] == "210.00"
    assert _pay(api_as("finance"), customer, number, "210.00").status_code == 201

    # Then nothing is owed, and everybody can see who did what
    deal = api.get(f"deals/{number}").json
    figures = {name: deal[name] for name in ("shipped", "delivered", "received", "owed")}
    assert figures == {
        "shipped": "300.00",
        "delivered": "300.00",
        "received": "300.00",
        "owed": "0.00",
    }
    facts = [entry["fact"] for entry in deal["entries"]]
    assert facts == ["sold", "paid", "shipped", "delivered", "paid"]
    assert all(entry["by"] for entry in deal["entries"])


def test_goods_come_back_and_the_money_is_given_back(api, tea, customer, bus_idle):
    # Given an order of 200 that was paid and shipped
    number = _sold(api, customer, tea, "2")
    _pay(api, customer, number, "200.00")
    shipment = _shipments(api, number)[0]
    api.post(f"warehouse/shipments/{shipment['id']}/ship", {})
    line = api.get(f"deals/{number}").json["lines"][0]["line_id"]

    # When money is asked back for goods that the customer has, it is refused
    early = _refund(api, number, "100.00")
    assert (early.status_code, early.json["code"]) == (409, "refund_too_large")

    # When one of them comes back, it is credited by itself
    back = api.post(
        "warehouse/returns",
        {"order": number, "lines": [{"line_id": line, "quantity": "1"}], "restock": True},
    )
    assert back.status_code == 201
    bus_idle()
    deal = api.get(f"deals/{number}").json
    assert api.get("bus/deliveries", state="dead").json["items"] == []
    assert (deal["credited"], deal["owed"]) == ("100.00", "-100.00")

    # Then the money for it may be given back, once
    assert _refund(api, number, "100.00").status_code == 201
    assert api.get(f"deals/{number}").json["owed"] == "0.00"
    assert _refund(api, number, "1.00").status_code == 409


def test_a_module_off_in_the_middle_misses_nothing(api, tea, customer, bus_idle):
    # Given finance switched off
    assert api.post("modules/finance/disable").json["state"] == "disabled"

    # When sales sells and the warehouse ships meanwhile
    number = _sold(api, customer, tea, "1")
    shipment = _shipments(api, number)[0]
    assert api.post(f"warehouse/shipments/{shipment['id']}/ship", {}).status_code == 200
    off = api.get("finance/receivables")
    assert (off.status_code, off.json["code"]) == (404, "module_off")
    waiting = {each["name"]: each["waiting"] for each in api.get("modules").json["items"]}
    assert waiting["finance"] > 0

    # Then, on again, it has heard of everything
    api.post("modules/finance/enable")
    _catch_up("finance")
    bus_idle()
    stands = {each["name"]: each for each in api.get("modules").json["items"]}
    assert (stands["finance"]["state"], stands["finance"]["waiting"]) == ("enabled", 0)
    assert [row["order"] for row in api.get("finance/receivables").json["items"]] == [number]
    assert _pay(api, customer, number, "100.00").status_code == 201


def test_the_same_request_twice_takes_the_money_once(api, tea, customer):
    number = _sold(api, customer, tea, "1")
    body = _payment(customer, number, "100.00")

    first = api.post("finance/payments", body, key="till-7-0001")
    again = api.post("finance/payments", body, key="till-7-0001")
    other = api.post("finance/payments", {**body, "amount": "50.00"}, key="till-7-0001")
    none = api.send("POST", "/api/v1/finance/payments", json=body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert (none.status_code, none.json["code"]) == (400, "idempotency_key_missing")
    assert api.get(f"deals/{number}").json["received"] == "100.00"


def _sold(api, customer: str, sku: str, quantity: str) -> str:
    order = api.post(
        "sales/orders", {"customer_id": customer, "lines": [{"sku": sku, "quantity": quantity}]}
    )
    number = order.json["number"]
    assert api.post(f"sales/orders/{number}/confirm").status_code == 200
    return number


def _payment(customer: str, number: str, amount: str) -> dict[str, object]:
    return {
        "customer_id": customer,
        "method": "cash",
        "amount": amount,
        "allocations": [{"order": number, "amount": amount}],
        "excess": "refuse",
    }


def _pay(api, customer: str, number: str, amount: str):
    return api.post("finance/payments", _payment(customer, number, amount))


def _refund(api, number: str, amount: str):
    body = {"order": number, "amount": amount, "method": "cash", "reason": "退货"}
    return api.post("finance/refunds", body)


def _shipments(api, number: str) -> list[dict[str, object]]:
    return api.get("warehouse/shipments", order=number).json["items"]


def _catch_up(module: str) -> None:
    import bus

    bus.catch_up(module)
