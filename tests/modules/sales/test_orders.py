"""A quotation is written, changed and confirmed."""

import pytest


def messages(answer):
    assert answer.status_code == 422, answer.json
    return {each["field"]: each["message"] for each in answer.json["errors"]}


def test_a_quotation_has_prices_tax_and_a_number(quote):
    order = quote(AC="2", A4="10")

    # The price is the product's own; 13 % tax are contained in it, rounded line by line.
    assert order["number"].startswith("SO-")
    assert order["state"] == "quotation"
    assert order["total"] == "7065.00"
    assert [(line["amount"], line["tax"]) for line in order["lines"]] == [
        ("6780.00", "780.00"),
        ("285.00", "32.79"),
    ]


def test_price_and_discount_can_be_agreed(quote):
    line = {"sku": "AC", "quantity": "3", "unit_price": "3000.00", "discount_percent": "3.333"}

    order = quote([line])

    # 9000 × 0.96667 = 8700.03, rounded once.
    assert order["total"] == "8700.03"
    assert order["lines"][0]["discount_percent"] == "3.333"


def test_nobody_else_knows_of_a_quotation(quote, api_as):
    order = quote(AC="1")

    assert api_as("finance").get(f"deals/{order['number']}").status_code == 404


def test_a_quotation_is_changed_freely(quote, sales):
    order = quote(AC="1", A4="5")
    first = order["lines"][0]["line_id"]

    answer = sales.patch(
        f"sales/orders/{order['number']}",
        {
            "lines": [{"line_id": first, "sku": "AC", "quantity": "4"}],
            "promised_on": "2026-12-24",
            "note": "送货前打电话",
        },
    )

    changed = answer.json
    assert answer.status_code == 200, changed
    assert [(line["line_id"], line["quantity"]) for line in changed["lines"]] == [(first, "4")]
    assert (changed["total"], changed["promised_on"]) == ("13560.00", "2026-12-24")
    assert changed["note"] == "送货前打电话"
    assert changed["version"] == order["version"] + 1


def test_a_changed_line_keeps_the_price_that_was_agreed(quote, sales):
    order = quote([{"sku": "AC", "quantity": "1", "unit_price": "3000.00"}])

    # Only the quantity is entered anew; the line is found by its product.
    answer = sales.patch(
        f"sales/orders/{order['number']}", {"lines": [{"sku": "AC", "quantity": "2"}]}
    )

    assert answer.json["lines"][0]["unit_price"] == "3000.00"
    assert answer.json["total"] == "6000.00"


def test_a_confirmed_order_is_everybodys_business(quote, sales, deal):
    order = quote(AC="2", promised_on="2026-12-24")

    answer = sales.post(f"sales/orders/{order['number']}/confirm")

    assert answer.json["state"] == "confirmed"
    seen = deal(order["number"])
    assert seen["salesperson"] == answer.json["salesperson"]
    assert (seen["ordered"], seen["owed"], seen["promised_on"]) == (
        "6780.00",
        "6780.00",
        "2026-12-24",
    )
    assert [entry["type"] for entry in seen["entries"]] == ["sales.order_placed"]
    assert [(due["kind"], due["amount"], due["on"]) for due in seen["dues"]] == [
        ("balance", "6780.00", "2026-12-24")
    ]


def test_who_confirms_is_the_salesperson(quote, api_as):
    order = quote(AC="1")
    admin = api_as("admin")

    confirmed = admin.post(f"sales/orders/{order['number']}/confirm").json

    assert confirmed["salesperson"] != order["salesperson"]
    assert admin.get(f"deals/{order['number']}").json["salesperson"] == confirmed["salesperson"]


def test_a_deposit_is_due_before_shipping(sell, deal):
    rule = {"kind": "prepayment", "percent": "30", "before_shipping": True}

    order = sell(AC="1", deposit=rule)

    dues = deal(order["number"])["dues"]
    assert [(due["kind"], due["amount"], due["before_shipping"]) for due in dues] == [
        ("prepayment", "1017.00", True),
        ("balance", "2373.00", False),
    ]
    assert order["stage"] == "deposit"


def test_an_order_is_confirmed_once(quote, sales):
    number = quote(AC="1")["number"]
    sales.post(f"sales/orders/{number}/confirm")

    again = sales.post(f"sales/orders/{number}/confirm")

    assert (again.status_code, again.json["code"]) == (409, "already_confirmed")


def test_the_same_request_confirms_once_and_answers_twice(quote, sales, deal):
    number = quote(AC="1")["number"]

    first = sales.post(f"sales/orders/{number}/confirm", key="k1")
    second = sales.post(f"sales/orders/{number}/confirm", key="k1")

    assert (second.status_code, second.json) == (first.status_code, first.json)
    assert len(deal(number)["entries"]) == 1


def test_what_was_confirmed_is_what_was_seen(quote, sales):
    order = quote(AC="1")
    sales.patch(f"sales/orders/{order['number']}", {"note": "changed meanwhile"})

    answer = sales.post(f"sales/orders/{order['number']}/confirm", {"version": order["version"]})

    assert (answer.status_code, answer.json["code"]) == (409, "edited_meanwhile")


def test_two_people_do_not_save_over_each_other(quote, sales, api_as):
    order = quote(AC="1")
    address = f"sales/orders/{order['number']}"
    api_as("admin").patch(address, {"note": "hers", "version": order["version"]})

    answer = sales.patch(address, {"note": "mine", "version": order["version"]})

    assert (answer.status_code, answer.json["code"]) == (409, "edited_meanwhile")
    assert sales.get(address).json["note"] == "hers"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"customer_id": "nobody"}, "customer_id"),
        ({"customer_id": "01a203c6-72b0-7339-a681-95f261f4b6fe"}, "customer_id"),
        ({"lines": []}, "lines"),
        ({"lines": [{"sku": "NONE", "quantity": "1"}]}, "lines.0.sku"),
        ({"lines": [{"sku": "AC", "quantity": "0"}]}, "lines.0.quantity"),
        ({"lines": [{"sku": "AC", "quantity": "1.2345"}]}, "lines.0.quantity"),
        ({"lines": [{"sku": "AC", "quantity": 1.5}]}, "lines.0.quantity"),
        ({"lines": [{"sku": "AC", "quantity": "NaN"}]}, "lines.0.quantity"),
        ({"lines": [{"sku": "AC", "quantity": "1", "unit_price": "-1"}]}, "lines.0.unit_price"),
        (
            {"lines": [{"sku": "AC", "quantity": "1"}, {"sku": "A4", "quantity": "x"}]},
            "lines.1.quantity",
        ),
        (
            {"lines": [{"sku": "AC", "quantity": "1", "discount_percent": "101"}]},
            "lines.0.discount_percent",
        ),
        ({"lines": [{"sku": "AC", "quantity": "9999999999"}] * 200}, "lines"),
        ({"promised_on": "tomorrow"}, "promised_on"),
        ({"deposit": {"kind": "security", "percent": "10"}}, "deposit.kind"),
        ({"deposit": {"kind": "earnest"}}, "deposit.amount"),
        ({"deposit": {"kind": "earnest", "percent": "10", "amount": "5"}}, "deposit.amount"),
        ({"deposit": {"kind": "earnest", "amount": "3390.01"}}, "deposit.amount"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_named_field_by_field(sales, customer, wrong, field):
    body = {"customer_id": customer, "lines": [{"sku": "AC", "quantity": "1"}]} | wrong

    found = messages(sales.post("sales/orders", body))

    # Nothing was half done: not even a number was used up.
    assert list(found) == [field]
    assert found[field]
    assert sales.get("sales/orders").json["items"] == []


def test_without_lines_there_is_no_order(sales, customer):
    found = messages(sales.post("sales/orders", {"customer_id": customer, "lines": []}))

    assert found == {"lines": "请填写至少一行、至多 200 行。"}


def test_one_order_has_one_currency(sales, customer, acting):
    from decimal import Decimal

    from core.products.services import create_product

    with acting("admin"):
        create_product("US", "Import", "件", Decimal("10.00"), "USD")

    answer = sales.post(
        "sales/orders",
        {
            "customer_id": customer,
            "lines": [{"sku": "AC", "quantity": "1"}, {"sku": "US", "quantity": "1"}],
        },
    )

    assert list(messages(answer)) == ["lines.1.sku"]


def test_only_sales_writes_orders(api_as, quote, customer):
    number = quote(AC="1")["number"]
    body = {"customer_id": customer, "lines": [{"sku": "AC", "quantity": "1"}]}
    for login in ("finance", "warehouse", "service"):
        other = api_as(login)
        answers = [
            other.post("sales/orders", body),
            other.get("sales/orders"),
            other.get(f"sales/orders/{number}"),
            other.patch(f"sales/orders/{number}", {"note": "x"}),
            other.post(f"sales/orders/{number}/confirm"),
            other.post(f"sales/orders/{number}/cancel", {"reason": "x"}),
        ]
        assert [answer.status_code for answer in answers] == [403] * 6


def test_an_unknown_order_is_not_found(sales):
    for answer in (
        sales.get("sales/orders/SO-0"),
        sales.patch("sales/orders/SO-0", {}),
        sales.post("sales/orders/SO-0/confirm"),
        sales.post("sales/orders/SO-0/cancel", {"reason": "x"}),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "order_not_found")


def test_the_list_is_paged_and_filtered_by_stage(quote, sell, sales):
    numbers = [sell(AC="1")["number"] for _ in range(3)]
    quoted = quote(A4="1")["number"]

    first = sales.get("sales/orders", limit=2).json
    rest = sales.get("sales/orders", limit=2, after=first["next"]).json

    assert [each["number"] for each in first["items"] + rest["items"]] == [quoted, *numbers[::-1]]
    assert rest["next"] is None
    waiting = sales.get("sales/orders", stage="to_ship", limit=2).json
    assert [each["number"] for each in waiting["items"]] == numbers[:0:-1]
    assert [e["number"] for e in sales.get("sales/orders", stage="quotation").json["items"]] == [
        quoted
    ]


def test_orders_and_quotations_are_found_by_customer_and_goods(quote, sell, sales):
    quoted, sold = quote(A4="1")["number"], sell(AC="1")["number"]

    def found(q):
        return {each["number"] for each in sales.get("sales/orders", q=q).json["items"]}

    assert found("shcg") == {quoted, sold}
    assert found("空调") == {sold}
    assert found("复印") == {quoted}
    assert found(sold) == {sold}
    assert found("nobody") == set()
