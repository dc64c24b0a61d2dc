"""An order is called off, whole or in part, as far as it has not left the house."""

import pytest


@pytest.fixture
def cancel(sales):
    """Calls off: cancel(order, lines=…) returns the answer."""

    def call_off(order, reason="客户改主意了", **more):
        return sales.post(f"sales/orders/{order['number']}/cancel", {"reason": reason, **more})

    return call_off


def part(order, quantity, at=0):
    return {"line_id": order["lines"][at]["line_id"], "quantity": quantity}


def test_a_whole_order(sell, cancel, deal):
    order = sell(AC="2", A4="3")

    answer = cancel(order)

    assert (answer.status_code, answer.json["state"]) == (200, "cancelled")
    assert (answer.json["total"], answer.json["lines"]) == ("0.00", [])
    seen = deal(order["number"])
    assert (seen["owed"], seen["cancelled"], seen["dues"]) == ("0.00", "6865.50", [])
    assert seen["entries"][-1]["type"] == "sales.order_cancelled"


def test_a_part_of_it(sell, cancel, deal):
    order = sell(AC="5")

    answer = cancel(order, lines=[part(order, "2")])

    assert (answer.json["state"], answer.json["total"]) == ("confirmed", "10170.00")
    seen = deal(order["number"])
    assert (seen["owed"], seen["entries"][-1]["type"]) == ("10170.00", "sales.order_reduced")


def test_part_by_part_until_nothing_is_left(sell, cancel, deal):
    order = sell(A4="3")

    states = [cancel(order, lines=[part(order, "1")]).json["state"] for _ in range(3)]

    assert states == ["confirmed", "confirmed", "cancelled"]
    assert deal(order["number"])["owed"] == "0.00"


def test_cents_of_a_part_never_get_lost(quote, sales, cancel, deal):
    # A third of 100.00 cannot be written in cents; the three parts are still 100.00.
    line = {"sku": "AC", "quantity": "3", "unit_price": "100.00", "discount_percent": "66.667"}
    order = quote([line], confirm=True)
    assert order["total"] == "100.00"

    owed = []
    for _ in range(3):
        cancel(order, lines=[part(order, "1")])
        owed.append(deal(order["number"])["owed"])

    assert owed == ["66.67", "33.33", "0.00"]


def test_the_rest_of_what_was_shipped_in_part(sell, cancel, ship, deal):
    order = sell(AC="5")
    ship(order["number"], {"AC": "2"})

    answer = cancel(order)

    # Not cancelled as a whole: two have left and are to be paid.
    assert answer.json["state"] == "confirmed"
    seen = deal(order["number"])
    assert (seen["owed"], seen["shipped"]) == ("6780.00", "6780.00")
    assert answer.json["stage"] == "shipped"


def test_not_more_than_is_in_the_house(sell, cancel, ship):
    order = sell(AC="5")
    ship(order["number"], {"AC": "4"})

    answer = cancel(order, lines=[part(order, "2")])

    assert (answer.status_code, answer.json["code"]) == (409, "already_shipped")
    assert (answer.json["to_ship"], answer.json["shipped"]) == ("1", "4")


def test_not_what_has_all_left(sell, cancel, ship):
    order = sell(AC="1")
    ship(order["number"], {"AC": "1"})

    assert cancel(order).json["code"] == "already_shipped"


def test_once_is_enough(sell, cancel):
    order = sell(AC="1")
    cancel(order)

    again = cancel(order)

    assert (again.status_code, again.json["code"]) == (409, "order_cancelled")


def test_a_cancelled_order_is_neither_changed_nor_confirmed(sell, cancel, sales):
    order = sell(AC="1")
    cancel(order)

    changed = sales.patch(f"sales/orders/{order['number']}", {"note": "x"})
    confirmed = sales.post(f"sales/orders/{order['number']}/confirm")

    assert [changed.json["code"], confirmed.json["code"]] == ["order_cancelled"] * 2


def test_a_quotation_is_withdrawn_without_anybody_being_told(quote, cancel, api_as):
    order = quote(AC="1")

    answer = cancel(order)

    assert (answer.json["state"], answer.json["stage"]) == ("cancelled", "cancelled")
    assert api_as("finance").get(f"deals/{order['number']}").status_code == 404


def test_of_a_quotation_no_part(quote, cancel):
    order = quote(AC="2")

    answer = cancel(order, lines=[part(order, "1")])

    assert [each["field"] for each in answer.json["errors"]] == ["lines"]


def test_a_reason_is_asked_for(sell, cancel, deal):
    order = sell(AC="1")

    for reason in ("", "   "):
        answer = cancel(order, reason=reason)
        assert [each["field"] for each in answer.json["errors"]] == ["reason"]
    assert deal(order["number"])["cancelled"] == "0.00"


def test_lines_are_the_orders_own(sell, cancel):
    order, other = sell(AC="2"), sell(AC="2")

    foreign = cancel(order, lines=[part(other, "1")])
    twice = cancel(order, lines=[part(order, "1"), part(order, "1")])
    none = cancel(order, lines=[])

    assert [e["field"] for e in foreign.json["errors"]] == ["lines.0.line_id"]
    assert [e["field"] for e in twice.json["errors"]] == ["lines.1.line_id"]
    assert [e["field"] for e in none.json["errors"]] == ["lines"]


def test_money_that_was_paid_is_to_be_given_back(sell, cancel, deal, api_as, customer):
    order = sell(AC="1")
    number = order["number"]
    taken = api_as("finance").post(
        "finance/payments",
        {
            "customer_id": customer,
            "method": "cash",
            "amount": "1000.00",
            "allocations": [{"order": number, "amount": "1000.00"}],
            "excess": "refuse",
        },
    )
    assert taken.status_code == 201, taken.json

    cancel(order)

    assert deal(number)["owed"] == "-1000.00"


def test_a_key_is_asked_for(sell, sales):
    number = sell(AC="1")["number"]

    answer = sales.post(
        f"sales/orders/{number}/cancel", {"reason": "x"}, headers={"Idempotency-Key": ""}
    )

    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")
