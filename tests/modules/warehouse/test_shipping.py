"""What is sold leaves the house once, whole or in parts, and is known to everybody."""

from datetime import timedelta
from uuid import uuid4

from core.clock import now


def _ship(api_as, shipment, body=None, login="warehouse", key=""):
    return api_as(login).post(f"warehouse/shipments/{shipment['id']}/ship", body or {}, key=key)


def test_a_sale_waits_to_be_shipped_with_all_one_has_to_know(
    a_product, received, an_order, shipments_of
):
    # Given goods in stock and an order for a part of them
    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")

    # Then one open shipment says to whom, where, what, and that it may leave
    [shipment] = shipments_of(sale)
    assert shipment["state"] == "open"
    assert shipment["may_leave"] is True
    assert shipment["why_not"] == []
    assert shipment["customer"] == "上海晨光"
    assert shipment["address"] == "上海市人民路 1 号"
    assert shipment["phone"] == "13812345678"
    assert shipment["salesperson"] == "王伟"
    assert [(line["sku"], line["quantity"]) for line in shipment["lines"]] == [("TEA", "4")]
    # And without a plan of payments all that is owed is collected at the door
    assert shipment["to_collect"] == "40.00"


def test_the_whole_shipment_leaves_and_arrives(
    a_product, received, an_order, shipments_of, in_stock, api, api_as
):
    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")
    [shipment] = shipments_of(sale)

    # When it is shipped and delivered
    left = _ship(api_as, shipment, {"carrier": "顺丰", "tracking": "SF-1"})
    assert left.status_code == 200, left.json
    assert left.json["state"] == "shipped"
    assert left.json["document"].startswith("DN-")
    arrived = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/deliver", {})
    assert arrived.json["state"] == "delivered"

    # Then stock, list and deal agree
    assert in_stock("TEA") == {"": "6"}
    [shipment] = shipments_of(sale)
    assert (shipment["state"], shipment["carrier"]) == ("delivered", "顺丰")
    deal = api.get(f"deals/{sale.number}").json
    assert (deal["shipped"], deal["delivered"]) == ("40.00", "40.00")
    assert [entry["fact"] for entry in deal["entries"]] == ["sold", "shipped", "delivered"]
    assert deal["entries"][1]["document"] == shipment["document"]


def test_a_part_leaves_and_the_rest_becomes_a_back_order(
    a_product, received, an_order, shipments_of, api_as
):
    # Given an order for two products, of which one is missing
    a_product("TEA")
    a_product("CUP")
    received("TEA", "10")
    sale = an_order(TEA="4", CUP="2")
    [shipment] = shipments_of(sale)
    assert shipment["may_leave"] is False
    assert [reason["code"] for reason in shipment["why_not"]] == ["stock_short"]
    refused = _ship(api_as, shipment)
    assert (refused.status_code, refused.json["code"]) == (409, "stock_short")
    assert refused.json["sku"] == "CUP"

    # When three pieces of tea leave
    left = _ship(api_as, shipment, {"lines": [sale.goods("TEA", "3")]})
    assert left.status_code == 200, left.json

    # Then the rest waits in a new open shipment with an id of its own
    first, rest = shipments_of(sale)
    assert (first["id"], first["state"]) == (shipment["id"], "shipped")
    assert rest["state"] == "open"
    assert rest["id"] != first["id"]
    assert {line["sku"]: line["quantity"] for line in rest["lines"]} == {"TEA": "1", "CUP": "2"}

    # When the cups arrive, the rest leaves too
    received("CUP", "2")
    assert _ship(api_as, rest).status_code == 200
    assert {each["state"] for each in shipments_of(sale)} == {"shipped"}


def test_a_shipment_leaves_once(a_product, received, an_order, shipments_of, api_as, in_stock):
    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")
    [shipment] = shipments_of(sale)
    key = str(uuid4())

    # When a request is repeated, the first answer comes again and nothing more leaves
    first = _ship(api_as, shipment, key=key)
    again = _ship(api_as, shipment, key=key)
    assert first.json == again.json
    assert in_stock("TEA") == {"": "6"}

    # When somebody else ships the same, it is refused
    refused = _ship(api_as, shipment)
    assert (refused.status_code, refused.json["code"]) == (409, "already_shipped")
    assert in_stock("TEA") == {"": "6"}


def test_what_was_called_off_does_not_leave(
    a_product, received, an_order, stated, shipments_of, api_as
):
    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")
    [shipment] = shipments_of(sale)

    # When a part is called off, the shipment shrinks at once
    stated(sale.cancelled("TEA", "1"))
    [smaller] = shipments_of(sale)
    assert [line["quantity"] for line in smaller["lines"]] == ["3"]
    refused = _ship(api_as, shipment, {"lines": [sale.goods("TEA", "4")]})
    assert (refused.status_code, refused.json["code"]) == (409, "line_cancelled")

    # When all of it is called off, nothing is to be shipped any more
    stated(sale.cancelled("TEA", "3"))
    assert shipments_of(sale) == []
    assert _ship(api_as, shipment).status_code == 404

    # When the customer thinks better of it, there is a shipment again
    stated(sale.sold(TEA="2"))
    [shipment] = shipments_of(sale)
    assert [line["quantity"] for line in shipment["lines"]] == ["2"]


def test_the_earliest_promise_is_listed_first(a_product, an_order, shipments_of, api_as):
    a_product("TEA")
    late = an_order(TEA="1", promised_on=now().date() + timedelta(days=3))
    early = an_order(TEA="1", promised_on=now().date() - timedelta(days=1))
    whenever = an_order(TEA="1")
    for sale in (late, early, whenever):
        shipments_of(sale)

    # When the list is read two at a time
    warehouse = api_as("warehouse")
    page = warehouse.get("warehouse/shipments", state="open", limit=2).json
    rest = warehouse.get("warehouse/shipments", state="open", limit=2, after=page["next"]).json

    # Then the order is the promise's, and nothing is missing
    numbers = [item["order"] for item in page["items"] + rest["items"]]
    assert numbers == [early.number, late.number, whenever.number]
    assert rest["next"] is None


def test_goods_handed_out_by_somebody_else_need_not_leave_again(
    a_product, received, an_order, stated, shipments_of
):
    from core.deals.facts import Delivered, GoodsLine, Shipped

    a_product("TEA")
    received("TEA", "10")
    sale = an_order(TEA="4")
    [before] = shipments_of(sale)

    # When a till says that one was shipped and that one more is with the customer already
    def goods(quantity):
        from decimal import Decimal

        return (GoodsLine(line_id=sale.lines["TEA"], quantity=Decimal(quantity)),)

    stated(sale.fact(Shipped, lines=goods("1"), document="TILL-1"))
    stated(sale.fact(Delivered, lines=goods("1"), document="TILL-1"))
    stated(sale.fact(Delivered, lines=goods("1"), document="TILL-2"))

    # Then only two are still to leave, in the shipment that was open all the time
    rows = {row["id"]: row for row in shipments_of(sale)}
    assert rows[before["id"]]["state"] == "open"
    assert rows[before["id"]]["lines"][0]["quantity"] == "2"
    others = [row for row in rows.values() if row["id"] != before["id"]]
    assert [row["state"] for row in others] == ["delivered", "delivered"]
    assert {row["document"] for row in others} == {"TILL-1", "TILL-2"}


def test_delivered_comes_after_shipped_and_once(
    a_product, received, an_order, shipments_of, api_as
):
    a_product("TEA")
    received("TEA", "1")
    sale = an_order(TEA="1")
    [shipment] = shipments_of(sale)
    deliver = f"warehouse/shipments/{shipment['id']}/deliver"
    early = api_as("warehouse").post(deliver, {})
    assert (early.status_code, early.json["code"]) == (409, "not_shipped_yet")
    _ship(api_as, shipment)
    assert api_as("warehouse").post(deliver, {}).status_code == 200
    twice = api_as("warehouse").post(deliver, {})
    assert (twice.status_code, twice.json["code"]) == (409, "already_delivered")
