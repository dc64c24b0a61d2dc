"""Money goes back as far as it pays for no goods, and what will not be paid is given up."""

from decimal import Decimal

from bus import publish
from core.deals.facts import Cancelled, CancelledLine


def _cancel(acting, deal, quantity: int) -> None:
    line = CancelledLine(
        line_id=deal.line_id, quantity=Decimal(quantity), amount=Decimal(quantity * 10)
    )
    with acting("sales"):
        publish(deal.fact(Cancelled, lines=(line,), dues=()))


def _refund(api_as, deal, amount: str, **more):
    body = {"order": deal.number, "amount": amount, "method": "cash", "reason": "客户退款"}
    return api_as("finance").post("finance/refunds", {**body, **more})


def test_the_deposit_of_a_cancelled_order_is_given_back(
    with_deposit, pay, acting, api_as, owed, bus_idle
):
    # Given a cancelled order whose deposit we still have
    deal = with_deposit()
    pay(deal, "30.00")
    _cancel(acting, deal, 10)
    bus_idle()
    assert owed(deal) == "-30.00"

    # Then finance sees it as to be given back
    page = api_as("finance").get("finance/receivables").json["items"]
    assert [item["owed"] for item in page if item["order"] == deal.number] == ["-30.00"]

    # When it is given back
    answer = _refund(api_as, deal, "30.00")

    # Then nothing is left, and not a cent more goes out
    assert answer.status_code == 201
    assert owed(deal) == "0.00"
    again = _refund(api_as, deal, "0.01")
    assert (again.status_code, again.json["code"]) == (409, "refund_too_large")
    assert again.json["refundable"] == "0.00"


def test_or_it_stays_as_the_customers_credit_in_one_step(
    with_deposit, bought_again, pay, acting, api_as, api, owed
):
    deal = with_deposit()
    pay(deal, "30.00")
    _cancel(acting, deal, 10)

    answer = _refund(api_as, deal, "30.00", method=None, to_credit=True)

    assert (answer.status_code, answer.json["method"]) == (201, "credit")
    assert owed(deal) == "0.00"
    later = bought_again(deal)
    assert pay(later, "30.00", method="credit").status_code == 201
    assert owed(later) == "20.00"


def test_what_pays_for_goods_the_customer_has_stays(with_deposit, pay, ship, api_as, owed):
    # Given a paid order of which half was shipped
    deal = with_deposit()
    pay(deal, "100.00")
    ship(deal, 5)

    # Then only the other half can go back
    too_much = _refund(api_as, deal, "50.01")
    assert too_much.json["refundable"] == "50.00"
    assert _refund(api_as, deal, "50.00").status_code == 201
    assert owed(deal) == "50.00"


def test_a_refund_needs_a_reason_and_a_way(with_deposit, pay, api_as):
    deal = with_deposit()
    pay(deal, "30.00")

    answer = _refund(api_as, deal, "30.00", reason="", method=None)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} >= {"reason"}


def test_refunds_of_an_unknown_order_say_so_at_the_field(with_deposit, api_as):
    deal = with_deposit()
    deal.number = "SO-1999-0001"

    answer = _refund(api_as, deal, "30.00")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "order"


def test_goods_that_came_back_are_credited_before_money_goes_back(
    with_deposit, pay, ship, bring_back, api_as, api, owed
):
    # Given a paid order, all shipped, of which three come back; finance has not heard of it yet
    deal = with_deposit()
    pay(deal, "100.00")
    ship(deal, 10)
    bring_back(deal, 3)
    assert owed(deal) == "0.00"

    # When their price is given back at once
    answer = _refund(api_as, deal, "30.00")

    # Then finance has first credited them, so that nothing is owed in the end
    assert answer.status_code == 201
    told = api.get(f"deals/{deal.number}").json
    assert (told["credited"], told["refunded"], told["owed"]) == ("30.00", "30.00", "0.00")
    kinds = [entry["type"] for entry in told["entries"]]
    assert kinds.index("finance.credit_note_issued") < kinds.index("finance.payment_refunded")


def test_the_head_writes_off_what_will_not_be_paid(with_deposit, api_as, owed):
    deal = with_deposit()
    body = {"order": deal.number, "amount": "40.00", "reason": "客户失联"}

    assert api_as("sales").post("finance/write-offs", body).status_code == 403
    assert api_as("finance").post("finance/write-offs", body).status_code == 201
    assert owed(deal) == "60.00"

    too_much = api_as("finance").post("finance/write-offs", {**body, "amount": "60.01"})
    assert (too_much.status_code, too_much.json["owed"]) == (409, "60.00")


def test_a_member_of_finance_writes_nothing_off(app, with_deposit, api_as):
    # Given a clerk who is no head
    from core.db import unit_of_work
    from core.people.services import create_person
    from core.testing.clients import ApiClient

    with unit_of_work(app):
        create_person("clerk", "小赵", ("finance_member",), password="long-enough-1")
    deal = with_deposit()

    # Then money can be taken, and nothing be written off
    clerk = ApiClient(app, "clerk")
    answer = clerk.post(
        "finance/write-offs", {"order": deal.number, "amount": "1.00", "reason": "?"}
    )
    assert answer.status_code == 403
    assert clerk.get("finance/receivables").status_code == 200


def test_credit_is_given_back_as_money(with_deposit, pay, api_as, api):
    # Given a customer whose credit is 20
    deal = with_deposit()
    pay(deal, "120.00", excess="credit")
    address = f"finance/credits/{deal.customer_id}/refunds"
    body = {"amount": "20.00", "method": "cash", "reason": "客户要求"}

    # Then not a cent more than it comes back
    too_much = api_as("finance").post(address, {**body, "amount": "20.01"})
    assert (too_much.status_code, too_much.json["code"]) == (409, "credit_short")
    assert api_as("finance").post(address, {**body, "method": "credit"}).status_code == 422
    given = api_as("finance").post(address, body)
    assert (given.status_code, given.json["order"]) == (201, None)
    assert api.get(f"finance/credits/{deal.customer_id}").json["items"] == []
    assert api_as("sales").post(address, body).status_code == 403
