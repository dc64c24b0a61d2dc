"""What a customer was promised is carried out by departments that do not know one another."""

import pytest

from bus import publish
from core.db import unit_of_work
from core.deals.facts import Returned
from core.people import services as people
from tests.modules.service.conftest import goods

#: Nobody of service may promise anything alone.
NOTHING = {"role:service_member": "0.00", "role:service_head": "0.00"}


@pytest.fixture
def owed(api):
    """What an order owes."""
    return lambda deal: api.get(f"deals/{deal.number}").json["owed"]


@pytest.fixture
def bring_back(acting, bus_idle):
    """Goods come back."""

    def move(deal, quantity="1"):
        with acting("warehouse"):
            publish(deal.fact(Returned, lines=(deal.goods(quantity),)))
        bus_idle()

    return move


@pytest.fixture
def give_back(api_as, bus_idle):
    """Finance gives money back."""

    def refund(deal, amount):
        body = {"order": deal.number, "amount": amount, "method": "cash", "reason": "投诉"}
        answer = api_as("finance").post("finance/refunds", body)
        bus_idle()
        return answer

    return refund


def test_an_allowance_is_booked_by_finance_by_itself(delivered, complain, bus_idle, owed, api_as):
    # Given an order on which 20 are owed, and an allowance of 5 that she agrees to
    deal = delivered(2)
    case = complain(deal).agreed("credit", amount="5.00")
    assert case.parts() == {"credit_note": False}

    # When finance hears of it
    bus_idle()

    # Then she owes less, and the complaint goes on to its review by itself
    assert owed(deal) == "15.00"
    assert case.parts() == {"credit_note": True}
    assert case.now()["state"] == "review"
    assert api_as("finance").get("finance/promises").json["items"] == []


def test_an_allowance_on_what_was_paid_is_given_back(
    delivered, complain, bus_idle, give_back, api_as, asked
):
    # Given an order that was paid
    deal = delivered(2, paid="20.00")
    case = complain(deal).agreed("refund", amount="5.00")

    # When finance hears of it, the credit note is booked and somebody has to give the money back
    bus_idle()
    assert case.parts() == {"credit_note": True, "refund": False}
    promised = api_as("finance").get("finance/promises").json["items"]
    assert [(one["state"], one["to_give_back"]) for one in promised] == [("to_give_back", "5.00")]
    assert asked(deal, "finance") == ["finance.compensation"]

    # When it is given back in two parts, the promise is kept with the second
    give_back(deal, "2.00")
    assert case.now()["state"] == "carry_out"
    give_back(deal, "3.00")
    assert case.parts() == {"credit_note": True, "refund": True}
    assert case.now()["state"] == "review"
    assert asked(deal, "finance") == []


def test_where_the_rules_say_so_a_person_books_it(delivered, complain, bus_idle, api_as, client):
    # Given the rule that allowances are booked by button
    client("finance").post("/finance/rules", data={"invoice_at": "button", "allowances": "button"})
    deal = delivered(2)
    case = complain(deal).agreed("credit", amount="5.00")
    bus_idle()
    finance = api_as("finance")
    promised = finance.get("finance/promises").json["items"][0]
    assert (promised["state"], promised["amount"]) == ("to_book", "5.00")

    # When somebody without the right tries, it is refused
    path = f"finance/promises/{promised['id']}/book"
    assert api_as("warehouse").post(path).status_code == 403

    # When finance books it, it is carried out, and cannot be booked twice
    assert finance.post(path).status_code == 200
    bus_idle()
    assert case.now()["state"] == "review"
    assert finance.post(path).json["code"] == "compensation_not_found"


def test_goods_are_exchanged_free_of_charge(
    delivered, complain, bus_idle, bring_back, owed, api_as, asked
):
    # Given an order that was paid, of which one piece is to be exchanged
    deal = delivered(2, paid="20.00")
    case = complain(deal, holds="shipping").agreed("exchange", **goods(deal))

    # When the departments hear of it
    bus_idle()

    # Then sales has entered the new piece without a price, the warehouse is to ship it although
    # her complaint held shipping, and to take the old one back
    warehouse = api_as("warehouse")
    assert owed(deal) == "0.00"
    assert case.parts() == {"goods_back": False, "replacement": True, "delivery": False}
    shipment = warehouse.get("warehouse/shipments", order=deal.number, state="open").json["items"]
    assert [line["quantity"] for line in shipment[0]["lines"]] == ["1"]
    assert "shipping_held" not in [why["code"] for why in shipment[0]["why_not"]]
    expected = warehouse.get("warehouse/expected").json
    assert [(one["order"], one["kind"]) for one in expected] == [(deal.number, "exchange")]
    assert asked(deal, "warehouse") == ["warehouse.expected_return"]

    # When the old piece comes back, nothing is credited for it a second time
    bring_back(deal)
    assert owed(deal) == "0.00"
    assert warehouse.get("warehouse/expected").json == []
    assert asked(deal, "warehouse") == []

    # When the new one is delivered, the complaint goes on to its review
    _deliver_new(warehouse, api_as("admin"), shipment[0]["id"])
    bus_idle()
    assert case.parts() == {"goods_back": True, "replacement": True, "delivery": True}
    assert case.now()["state"] == "review"

    # And the new piece has its price if it should come back one day
    picture = api_as("finance").get(f"deals/{deal.number}").json
    assert (picture["owed"], len(picture["lines"])) == ("0.00", 2)


def test_goods_that_are_returned_are_credited_and_paid_back(
    delivered, complain, bus_idle, bring_back, give_back, owed
):
    deal = delivered(2, paid="20.00")
    case = complain(deal).agreed("return", **goods(deal))
    bus_idle()
    assert case.parts() == {"goods_back": False, "credit_note": False}

    bring_back(deal)
    assert owed(deal) == "-10.00"
    assert case.parts() == {"goods_back": True, "credit_note": True, "refund": False}

    give_back(deal, "10.00")
    assert case.now()["state"] == "review"


def test_a_repair_is_done_by_service(delivered, complain, bus_idle, finish):
    deal = delivered(2)
    case = complain(deal).agreed("repair", **goods(deal))
    bus_idle()

    finish(deal, "service.repair", "换了门封条")

    assert case.parts() == {"repair": True}
    assert case.now()["state"] == "review"


def test_a_department_that_is_off_does_its_part_when_it_is_on_again(
    delivered, complain, bus_idle, switch, owed, client
):
    # Given finance, switched off when an allowance is agreed
    deal = delivered(2)
    switch("finance", on=False)
    case = complain(deal).agreed("credit", amount="5.00")
    bus_idle()

    # Then the complaint's page says who is missing, and nothing is lost
    page = client("service").get(f"/service/complaints/{case.id}").text
    assert "switched off" in page or "已关闭" in page
    assert (case.now()["state"], owed(deal)) == ("carry_out", "20.00")

    # When it is on again, it catches up
    switch("finance", on=True)
    bus_idle()
    assert (case.now()["state"], owed(deal)) == ("review", "15.00")


def test_goods_that_came_back_while_sales_was_off_are_not_credited(
    delivered, complain, bus_idle, switch, bring_back, owed
):
    # Given an exchange that sales has not heard of
    deal = delivered(2, paid="20.00")
    switch("sales", on=False)
    case = complain(deal).agreed("exchange", **goods(deal))
    bus_idle()

    # When the old piece comes back first, she is owed no money: she gets a new one
    bring_back(deal)
    assert owed(deal) == "0.00"

    # When sales is on again, the new one is entered
    switch("sales", on=True)
    bus_idle()
    assert case.parts() == {"goods_back": True, "replacement": True, "delivery": False}
    assert owed(deal) == "0.00"


def test_above_ones_own_limit_somebody_else_approves(delivered, complain, api, api_as):
    # Given a limit of 3 for everybody of service
    limits = {"role:service_member": "3.00", "role:service_head": "3.00"}
    assert api.send("PATCH", "/api/v1/service/rules", json={"limits": limits}).status_code == 200
    case = complain(delivered(2)).explained()

    # When more is proposed, it waits
    waits = case.do("proposal", {"kind": "credit", "amount": "5.00", "text": "补偿"})
    assert waits.json["state"] == "approve"
    assert case.do("answer", {"text": "?", "agreed": True}).json["code"] == "wrong_step"

    # Then nobody approves a proposal of one's own, and nobody who does not lead
    own = case.do("approve")
    assert (own.status_code, own.json["code"]) == (403, "approved_by_another")

    # When another head approves, it can be told
    assert case.do("approve", by=case.colleague).json["state"] == "agree"
    assert case.offers()[0]["approved_by"] == "周敏"

    # And within the limit it is agreed at once
    case.do("answer", {"text": "太少", "agreed": False})
    small = case.do("proposal", {"kind": "credit", "amount": "3.00", "text": "补偿"})
    assert small.json["state"] == "agree"


def test_whoever_may_approve_is_asked_at_once_but_not_who_proposed_it(
    app, delivered, complain, api, client
):
    # Given a head of service who proposes more than her limit allows, and two administrators
    with unit_of_work(app):
        people.create_person("gao", "高", ["administrator"], password="a lamp in the hall")
    api.send("PATCH", "/api/v1/service/rules", json={"limits": NOTHING})
    case = complain(delivered(2)).proposed("credit", amount="5.00")
    asked = f"投诉 {case.now()['number']}：审批"

    # Then both of them find it in what is to be done today, and she does not find it
    for login, finds in (("admin", True), ("gao", True), ("service", False)):
        shown = [client(login).get(f"/tasks?scope={scope}").text for scope in ("today", "later")]
        assert [asked in page for page in shown] == [finds, False], login

    # And when one has approved it, nobody is asked any more
    case.do("approve", by=case.colleague)
    assert asked not in client("gao").get("/tasks").text


def test_what_is_declined_is_proposed_anew(delivered, complain, api):
    api.send("PATCH", "/api/v1/service/rules", json={"limits": NOTHING})
    case = complain(delivered(2)).proposed("credit", amount="5.00")

    declined = case.do("decline", {"text": "先修"}, by=case.colleague)

    assert declined.json["state"] == "propose"
    assert case.offers()[0]["state"] == "gone"


def test_a_person_may_have_a_limit_of_her_own(delivered, complain, api):
    holders = api.get("service/rules").json["limits"]
    chen = next(one["holder"] for one in holders if one["title"] == "陈洁")
    api.send("PATCH", "/api/v1/service/rules", json={"limits": {chen: "1.00"}})
    case = complain(delivered(2)).explained()

    waits = case.do("proposal", {"kind": "credit", "amount": "2.00", "text": "补偿"})

    assert waits.json["state"] == "approve"


def test_what_the_order_no_longer_allows_is_not_agreed(delivered, complain, bring_back):
    # Given an exchange that was proposed, of goods that come back before she is told
    deal = delivered(1)
    case = complain(deal).proposed("exchange", **goods(deal))
    bring_back(deal)

    refused = case.do("answer", {"text": "好", "agreed": True})

    assert (refused.status_code, refused.json["code"]) == (409, "not_with_customer")
    assert case.now()["state"] == "agree"


def test_the_head_may_set_it_as_carried_out(delivered, complain, switch, bus_idle):
    deal = delivered(2)
    switch("finance", on=False)
    case = complain(deal).agreed("credit", amount="5.00")
    bus_idle()

    done = case.do("carried-out", {"text": "老板当面付了现金"}, by=case.colleague)

    assert done.json["state"] == "review"
    switch("finance", on=True)


def _deliver_new(warehouse, admin, shipment_id):
    admin.post("products", {"sku": "TEA", "name": "龙井", "unit": "kg", "price": "10.00"})
    admin.post("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "5"}]})
    sent = warehouse.post(f"warehouse/shipments/{shipment_id}/ship", {})
    assert sent.status_code == 200, sent.text
    assert warehouse.post(f"warehouse/shipments/{shipment_id}/deliver", {}).status_code == 200
