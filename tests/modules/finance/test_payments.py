"""Money is taken once, for what is owed, and everybody sees it."""

from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from bus import publish
from core.deals.facts import ConcernRaised
from core.ids import new_id


def test_a_deposit_and_then_the_balance(with_deposit, pay, api, owed):
    # Given an order with a deposit
    deal = with_deposit()

    # When the customer pays the deposit, and later the rest
    first = pay(deal, "30.00")
    second = pay(deal, "70.00", method="wechat")

    # Then each has a receipt, and the deal tells which was which
    assert first.status_code == second.status_code == 201
    assert first.json["number"].endswith("-0001")
    assert second.json["number"].endswith("-0002")
    told = api.get(f"deals/{deal.number}").json
    assert [entry["type"] for entry in told["entries"][1:]] == [
        "finance.deposit_received",
        "finance.payment_received",
    ]
    assert told["entries"][1]["document"] == first.json["number"]
    assert owed(deal) == "0.00"


def test_instalments_lower_what_is_owed_one_by_one(with_deposit, pay, owed):
    deal = with_deposit()

    for amount, rest in (("30.00", "70.00"), ("20.00", "50.00"), ("50.00", "0.00")):
        assert pay(deal, amount).status_code == 201
        assert owed(deal) == rest


def test_one_payment_over_three_orders(with_deposit, bought_again, pay, api, owed):
    # Given a customer with three orders
    one = with_deposit()
    two, three = bought_again(one), bought_again(one, 2)

    # When she pays for all of them at once
    answer = pay((one, "100.00"), (two, "50.00"), (three, "15.00"))

    # Then each order knows its part, under one receipt
    assert answer.status_code == 201
    assert [part["amount"] for part in answer.json["allocations"]] == ["100.00", "50.00", "15.00"]
    assert (owed(one), owed(two), owed(three)) == ("0.00", "0.00", "5.00")
    documents = {
        api.get(f"deals/{deal.number}").json["entries"][-1]["document"]
        for deal in (one, two, three)
    }
    assert documents == {answer.json["number"]}


def test_more_than_is_owed_is_refused_with_the_new_figure(with_deposit, pay, api, owed):
    # Given an order of which a colleague has just taken the deposit
    deal = with_deposit()
    pay(deal, "30.00")

    # When the clerk, who still sees 100, takes all of it
    answer = pay(deal, "100.00")

    # Then nothing is taken, and the answer says what is owed now
    assert answer.status_code == 409
    assert answer.json["code"] == "owed_changed"
    assert (answer.json["owed"], answer.json["order"]) == ("70.00", deal.number)
    assert owed(deal) == "70.00"
    assert len(api.get("finance/payments").json["items"]) == 1


def test_one_order_paid_too_high_takes_nothing_for_the_others(
    with_deposit, bought_again, pay, owed
):
    one = with_deposit()
    two = bought_again(one)

    answer = pay((one, "100.00"), (two, "51.00"))

    assert answer.json["code"] == "owed_changed"
    assert (owed(one), owed(two)) == ("100.00", "50.00")


def test_the_rest_is_kept_as_credit_and_used_later(with_deposit, bought_again, pay, api, owed):
    # Given a customer who pays 120 for 100 and leaves the rest
    deal = with_deposit()
    answer = pay(deal, "120.00", excess="credit")
    assert answer.json["credit"] == "20.00"
    assert answer.json["allocations"][0]["amount"] == "100.00"

    # When she buys again and pays with what she left
    later = bought_again(deal)
    too_much = pay(later, "30.00", method="credit")
    used = pay(later, "20.00", method="credit")

    # Then her credit pays, as far as it goes, and is used up
    assert (too_much.status_code, too_much.json["code"]) == (409, "credit_short")
    assert too_much.json["credit"] == "20.00"
    assert used.status_code == 201
    assert owed(later) == "30.00"
    assert api.get(f"finance/credits/{deal.customer_id}").json["items"] == []


def test_money_for_no_order_is_credit(with_deposit, api_as, api):
    deal = with_deposit()
    body = {"customer_id": str(deal.customer_id), "method": "transfer", "amount": "12.34"}

    refused = api_as("finance").post("finance/payments", body)
    kept = api_as("finance").post("finance/payments", {**body, "excess": "credit"})

    assert refused.status_code == 422
    assert kept.status_code == 201
    credit = api.get(f"finance/credits/{deal.customer_id}").json["items"]
    assert credit == [{"currency": "CNY", "amount": "12.34"}]


def test_a_double_click_pays_once(with_deposit, pay, api, owed):
    # Given one act whose request arrives twice
    deal, key = with_deposit(), str(uuid4())
    first, second = pay(deal, "30.00", key=key), pay(deal, "30.00", key=key)

    # Then the second is answered like the first, and money was taken once
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert owed(deal) == "70.00"

    # And the key cannot be used for another act
    other = pay(deal, "40.00", key=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


def test_without_a_key_nothing_is_taken(with_deposit, api_as, owed):
    deal = with_deposit()
    clerk = api_as("finance")

    answer = clerk.post("finance/payments", headers={"Idempotency-Key": ""})

    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")
    assert owed(deal) == "100.00"


def test_a_concern_that_holds_collection_must_be_confirmed(with_deposit, pay, acting, owed):
    # Given an open complaint that says: do not collect
    deal = with_deposit()
    worry = partial(ConcernRaised, concern_id=new_id(), kind="goods", text="碎了")
    with acting("service"):
        publish(deal.fact(worry, holds="collection"))

    # Then money is taken only when the clerk confirms that the customer wants to pay
    held = pay(deal, "30.00")
    assert (held.status_code, held.json["code"]) == (409, "collection_held")
    assert pay(deal, "30.00", despite_hold=True).status_code == 201
    assert owed(deal) == "70.00"


def test_another_customers_order_cannot_be_paid(with_deposit, pay, owed):
    mine, hers = with_deposit(), with_deposit()

    answer = pay(mine, "30.00", customer_id=str(hers.customer_id))

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "allocations.0.order"
    assert owed(mine) == "100.00"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "-5"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": 30}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "30.005"}, "amount"),
        ({"amount": "1e3"}, "amount"),
        ({"method": "cheque"}, "method"),
        ({"customer_id": "nobody"}, "customer_id"),
        ({"customer_id": "0192a000-0000-7000-8000-00000000dead"}, "customer_id"),
        ({"allocations": [{"order": "SO-0", "amount": "30.00"}]}, "allocations.0.order"),
        ({"allocations": [{"order": "SO-0"}]}, "allocations.0.amount"),
        ({"excess": "gift"}, "excess"),
        ({"amount": "20.00"}, "amount"),
        ({"amount": "40.00"}, "amount"),
    ],
)
def test_bad_input_is_answered_at_its_field(with_deposit, pay, owed, change, field):
    deal = with_deposit()

    answer = pay(deal, "30.00", **change)

    assert answer.status_code == 422
    fields = [error["field"] for error in answer.json["errors"]]
    assert field in fields
    assert all(error["message"] for error in answer.json["errors"])
    assert owed(deal) == "100.00"


def test_one_order_named_twice_is_refused(with_deposit, pay, owed):
    deal = with_deposit()

    answer = pay((deal, "30.00"), (deal, "30.00"))

    assert answer.status_code == 422
    assert owed(deal) == "100.00"


def test_only_finance_takes_money(with_deposit, api_as, owed):
    deal = with_deposit()
    body = {"customer_id": str(deal.customer_id), "method": "cash", "amount": "1.00"}

    for login in ("sales", "warehouse", "service"):
        assert api_as(login).post("finance/payments", body).status_code == 403
        assert api_as(login).get("finance/receivables").status_code == 403
    assert owed(deal) == "100.00"


def test_the_receipt_is_a_pdf(with_deposit, pay, api):
    number = pay(with_deposit(), "30.00").json["number"]

    paper = api.get(f"finance/payments/{number}/receipt")

    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")


def test_numbers_have_no_gaps_when_payments_fail(with_deposit, pay):
    deal = with_deposit()

    numbers = []
    for amount in ("10.00", "500.00", "10.00", "500.00", "10.00"):
        answer = pay(deal, amount)
        numbers += [answer.json["number"]] if answer.status_code == 201 else []

    assert [Decimal(number[-4:]) for number in numbers] == [1, 2, 3]


def test_an_order_keeps_the_spelling_of_its_number(a_deal, pay, owed, acting):
    # Given an order that another module has numbered in its own way
    from bus import publish
    from core.deals.facts import Sold
    from core.testing.deals import ADeal

    first = a_deal()
    deal = ADeal(first.customer_id, first.customer_name, "shop-17b", Decimal(2))
    with acting("sales"):
        publish(deal.sold(Sold))

    assert pay(deal, "20.00").status_code == 201
    assert owed(deal) == "0.00"
