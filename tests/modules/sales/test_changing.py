"""A confirmed order is changed: everybody is told what came and what went."""

import pytest


@pytest.fixture
def change(sales):
    """Changes an order: change(order, lines=[…]) returns the answer."""
    return lambda order, **body: sales.patch(f"sales/orders/{order['number']}", body)


def line(order, at=0, **more):
    known = order["lines"][at]
    return {"line_id": known["line_id"], "sku": known["sku"], "quantity": known["quantity"]} | more


def events(seen):
    return [(entry["type"], entry["amount"]) for entry in seen["entries"]]


def test_more_of_a_line_is_a_change(sell, change, deal):
    order = sell(AC="2")

    changed = change(order, lines=[line(order, quantity="5")]).json

    seen = deal(order["number"])
    assert events(seen)[1:] == [("sales.order_changed", "10170.00")]
    assert [(each["ordered"], each["cancelled"]) for each in seen["lines"]] == [("5", "0")]
    assert seen["owed"] == changed["total"] == "16950.00"
    assert [due["amount"] for due in seen["dues"]] == ["16950.00"]


def test_less_of_a_line_is_a_reduction(sell, change, deal):
    order = sell(AC="5")

    changed = change(order, lines=[line(order, quantity="3")], reason="少要两台").json

    seen = deal(order["number"])
    assert events(seen)[1:] == [("sales.order_reduced", "6780.00")]
    assert [(each["ordered"], each["cancelled"]) for each in seen["lines"]] == [("5", "2")]
    assert seen["owed"] == changed["total"] == "10170.00"


def test_one_line_goes_and_another_comes_in_one_step(sell, change, deal):
    order = sell(AC="1")

    changed = change(order, lines=[{"sku": "A4", "quantity": "10"}]).json

    seen = deal(order["number"])
    assert events(seen)[1:] == [
        ("sales.order_reduced", "3390.00"),
        ("sales.order_changed", "285.00"),
    ]
    assert [(e["sku"], e["ordered"], e["cancelled"]) for e in seen["lines"]] == [
        ("AC", "1", "1"),
        ("A4", "10", "0"),
    ]
    assert [each["sku"] for each in changed["lines"]] == ["A4"]
    assert seen["owed"] == changed["total"] == "285.00"


def test_a_new_price_counts_for_what_has_not_left(sell, change, ship, deal):
    order = sell(AC="5")
    ship(order["number"], {"AC": "2"})

    changed = change(order, lines=[line(order, unit_price="3000.00")]).json

    # Two went at 3390.00 and stay sold so; three are sold anew.
    seen = deal(order["number"])
    assert [(e["ordered"], e["cancelled"], e["shipped"]) for e in seen["lines"]] == [
        ("5", "3", "2"),
        ("3", "0", "0"),
    ]
    assert seen["owed"] == changed["total"] == "15780.00"
    assert [(e["quantity"], e["unit_price"]) for e in changed["lines"]] == [
        ("2", "3390.00"),
        ("3", "3000.00"),
    ]


def test_what_was_shipped_cannot_be_taken_away(sell, change, ship, deal):
    order = sell(AC="5", A4="1")
    ship(order["number"], {"AC": "3"})

    fewer = change(order, lines=[line(order, quantity="2"), line(order, 1)])
    dropped = change(order, lines=[line(order, 1)])
    swapped = change(order, lines=[line(order, sku="A4", quantity="5"), line(order, 1)])

    for answer in (fewer, dropped, swapped):
        assert (answer.status_code, answer.json["code"]) == (409, "already_shipped")
        assert answer.json["shipped"] == "3"
    # Nothing of it was done.
    assert len(deal(order["number"])["entries"]) == 2
    assert change(order, lines=[line(order, quantity="3"), line(order, 1)]).status_code == 200


def test_a_later_day_is_told(sell, change, deal):
    order = sell(AC="1", promised_on="2026-12-01")

    change(order, promised_on="2026-12-31")

    seen = deal(order["number"])
    assert seen["promised_on"] == "2026-12-31"
    assert [due["on"] for due in seen["dues"]] == ["2026-12-31"]
    assert events(seen)[1:] == [("sales.order_changed", "0.00")]


def test_a_promise_can_be_withdrawn(api, sell, change, deal, bus_idle):
    order = sell(AC="1", promised_on="2026-12-01")

    changed = change(order, promised_on=None).json
    bus_idle()

    seen = deal(order["number"])
    assert (changed["promised_on"], seen["promised_on"]) == (None, None)
    assert [due["on"] for due in seen["dues"]] == [None]
    [shipment] = api.get("warehouse/shipments", order=order["number"]).json["items"]
    assert shipment["promised_on"] is None


def test_other_changes_leave_the_promise_alone(sell, change, deal):
    order = sell(AC="1", promised_on="2026-12-01")

    change(order, lines=[line(order, quantity="3")])

    assert deal(order["number"])["promised_on"] == "2026-12-01"


def test_a_deposit_can_be_agreed_later_and_dropped(sell, change, deal):
    order = sell(AC="1")
    rule = {"kind": "earnest", "amount": "500.00", "before_shipping": True}

    asked = change(order, deposit=rule).json
    held = deal(order["number"])["dues"]
    dropped = change(order, deposit=None).json

    assert (asked["stage"], dropped["stage"]) == ("deposit", "to_ship")
    assert [(due["kind"], due["amount"]) for due in held] == [
        ("earnest", "500.00"),
        ("balance", "2890.00"),
    ]
    assert [due["kind"] for due in deal(order["number"])["dues"]] == ["balance"]


def test_a_percentage_follows_the_total(sell, change, deal):
    order = sell(AC="1", deposit={"kind": "prepayment", "percent": "30", "before_shipping": True})

    change(order, lines=[line(order, quantity="2")])

    assert [due["amount"] for due in deal(order["number"])["dues"]] == ["2034.00", "4746.00"]


def test_a_note_concerns_nobody_else(sell, change, deal):
    order = sell(AC="1")

    change(order, note="门卫收")

    assert len(deal(order["number"])["entries"]) == 1


def test_what_does_not_change_is_not_told(sell, change, deal):
    order = sell(AC="1", A4="3")

    same = change(order, lines=[line(order), line(order, 1)])

    assert same.json["total"] == order["total"]
    assert len(deal(order["number"])["entries"]) == 1


def test_after_a_reduction_more_is_a_line_of_its_own(sell, change, deal):
    order = sell(A4="7")
    change(order, lines=[line(order, quantity="4")])

    changed = change(order, lines=[line(order, quantity="6")]).json

    seen = deal(order["number"])
    assert [(e["ordered"], e["cancelled"]) for e in seen["lines"]] == [("7", "3"), ("2", "0")]
    assert seen["owed"] == changed["total"] == "171.00"


def test_the_customer_of_an_order_stays(sell, change, acting):
    from core.customers.services import create_customer

    order = sell(AC="1")
    with acting("admin"):
        other = str(create_customer("别人").id)

    answer = change(order, customer_id=other)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "customer_id"


def test_a_line_is_named_once_and_is_the_orders_own(sell, change):
    order, other = sell(AC="1"), sell(AC="1")

    twice = change(order, lines=[line(order), line(order)])
    foreign = change(order, lines=[line(other)])

    assert [e["field"] for e in twice.json["errors"]] == ["lines.1.line_id"]
    assert [e["field"] for e in foreign.json["errors"]] == ["lines.0.line_id"]


def test_another_currency_does_not_fit(sell, change, acting):
    from decimal import Decimal

    from core.products.services import create_product

    order = sell(AC="1")
    with acting("admin"):
        create_product("US", "Import", "件", Decimal("10.00"), "USD")

    answer = change(order, lines=[{"sku": "US", "quantity": "1"}])

    assert [e["field"] for e in answer.json["errors"]] == ["lines.0.sku"]
