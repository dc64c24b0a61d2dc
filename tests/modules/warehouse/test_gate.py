"""Goods that something holds stay here, and the reason is said; the head may let them go."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.clock import now
from core.deals.facts import ConcernRaised, ConcernSettled, Due
from core.ids import new_id

DEPOSIT = (
    Due(amount=Decimal("12.00"), before_shipping=True, kind="prepayment"),
    Due(amount=Decimal("28.00"), kind="balance"),
)


@pytest.fixture
def held(a_product, received, an_order):
    """An order of 40.00 with goods in stock, whose deposit of 12.00 is due before shipping."""
    a_product("TEA")
    received("TEA", "10")
    return an_order(dues=DEPOSIT, TEA="4")


@pytest.fixture
def ship(api_as):
    """Ships a shipment as somebody."""

    def act(shipment, login="warehouse", **body):
        return api_as(login).post(f"warehouse/shipments/{shipment['id']}/ship", body)

    return act


def test_goods_wait_for_their_deposit(held, shipments_of, ship, stated):
    # Given a deposit that is due before shipping
    [shipment] = shipments_of(held)
    assert shipment["may_leave"] is False
    assert [reason["code"] for reason in shipment["why_not"]] == ["deposit_due"]
    assert "12.00" in shipment["why_not"][0]["message"]
    refused = ship(shipment)
    assert (refused.status_code, refused.json["code"]) == (409, "deposit_due")

    # When a part of it comes, the rest is still missing
    stated(held.paid("5.00"), login="finance")
    [shipment] = shipments_of(held)
    assert "7.00" in shipment["why_not"][0]["message"]

    # When all of it has come, the goods may leave, and the balance is collected at the door
    stated(held.paid("7.00"), login="finance")
    [shipment] = shipments_of(held)
    assert (shipment["may_leave"], shipment["to_collect"]) == (True, "28.00")
    assert ship(shipment).status_code == 200


def test_only_the_head_lets_goods_go_and_says_why(held, shipments_of, ship, api, acting, app):
    # Given a worker who is not the head of the warehouse
    from core.people.services import create_person

    with acting("admin"):
        create_person("worker", "小李", ["warehouse_member"], password="long-enough-word")
    [shipment] = shipments_of(held)

    # When she gives a reason, her role does not allow it
    refused = ship(shipment, login="worker", override_reason="老客户")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")

    # When the head gives one, the goods leave and everybody can read why
    left = ship(shipment, override_reason="老客户，货到付款")
    assert left.status_code == 200, left.json
    events = api.get("bus/events", order=held.number).json["items"]
    shipped = next(event for event in events if event["type"] == "warehouse.goods_shipped")
    assert shipped["payload"]["override_reason"] == "老客户，货到付款"


def test_a_reason_is_kept_only_where_it_was_needed(held, shipments_of, ship, stated, api):
    stated(held.paid("12.00"), login="finance")
    [shipment] = shipments_of(held)
    ship(shipment, override_reason="随便")
    events = api.get("bus/events", order=held.number).json["items"]
    shipped = next(event for event in events if event["type"] == "warehouse.goods_shipped")
    assert shipped["payload"]["override_reason"] is None


def test_a_complaint_may_hold_shipping_until_it_is_settled(held, shipments_of, ship, stated):
    stated(held.paid("12.00"), login="finance")
    concern = new_id()
    raised = {"concern_id": concern, "kind": "complaint", "text": "颜色不对", "holds": "shipping"}
    stated(held.fact(ConcernRaised, **raised), login="service")
    [shipment] = shipments_of(held)
    assert [reason["code"] for reason in shipment["why_not"]] == ["shipping_held"]
    assert "颜色不对" in shipment["why_not"][0]["message"]
    assert ship(shipment).json["code"] == "shipping_held"

    stated(held.fact(ConcernSettled, concern_id=concern), login="service")
    [shipment] = shipments_of(held)
    assert shipment["may_leave"] is True


def test_with_finance_off_goods_stay_held_and_the_screen_says_so(
    held, shipments_of, ship, api, client
):
    # When finance is switched off
    assert api.post("modules/finance/disable", {}).status_code == 200
    [shipment] = shipments_of(held)

    # Then the goods are held all the same, and everybody reads why nobody collects
    page = client("warehouse").get(f"/warehouse/shipments/{shipment['id']}").text
    assert ship(shipment).json["code"] == "deposit_due"
    with_finance = shipment["why_not"][0]["message"]
    assert with_finance in page
    assert "停用" in with_finance or "switched off" in with_finance
    # And the head may let them go
    assert ship(shipment, override_reason="财务停用").status_code == 200


@pytest.mark.parametrize(
    ("days", "collected"),
    [(None, "40.00"), (0, "40.00"), (-3, "40.00"), (30, "0.00")],
)
def test_what_is_due_later_is_not_collected_at_the_door(
    a_product, an_order, shipments_of, days, collected
):
    a_product("TEA")
    day = None if days is None else now().date() + timedelta(days=days)
    sale = an_order(dues=[Due(amount=Decimal("40.00"), on=day, kind="balance")], TEA="4")
    assert shipments_of(sale)[0]["to_collect"] == collected


def test_nothing_is_collected_while_a_complaint_holds_it(a_product, an_order, shipments_of, stated):
    a_product("TEA")
    sale = an_order(TEA="4")
    about = {"concern_id": new_id(), "kind": "complaint", "text": "价格", "holds": "collection"}
    stated(sale.fact(ConcernRaised, **about), login="service")
    assert shipments_of(sale)[0]["to_collect"] == "0.00"


def test_the_stages_of_the_list_are_what_the_shipments_say(
    held, a_product, an_order, shipments_of, stated, app
):
    # Given one shipment that is held, one that may leave and one of which there is too little
    from core.db import reading
    from modules.warehouse.queries.shipments import counts

    free = an_order(TEA="1")
    short = an_order(TEA="100")
    for sale in (held, free, short):
        shipments_of(sale)

    def seen():
        with reading(app):
            return {stage: count for stage, count in counts().items() if count}

    assert seen() == {"to_ship": 3, "ready": 1, "held": 1, "short": 1}
    # When the deposit comes, one more may leave
    stated(held.paid("12.00"), login="finance")
    assert seen() == {"to_ship": 3, "ready": 2, "short": 1}
