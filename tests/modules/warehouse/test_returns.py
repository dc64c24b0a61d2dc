"""Goods come back: never more than the customer has, into stock again or scrapped."""

import pytest


@pytest.fixture
def shipped(a_product, received, an_order, shipments_of, api_as):
    """A maker of orders that have left: shipped("TEA", "4")."""

    def make(sku, quantity, there, ship=None, **stock):
        received(sku, there, **stock)
        sale = an_order(**{sku: quantity})
        [shipment] = shipments_of(sale)
        body = {"lines": [{**sale.goods(sku, quantity), **ship}]} if ship else {}
        answer = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", body)
        assert answer.status_code == 200, answer.json
        return sale

    return make


@pytest.fixture
def take_back(api_as):
    """Takes goods of an order back."""

    def act(sale, *lines, restock=True, **more):
        body = {"order": sale.number, "lines": list(lines), "restock": restock, **more}
        return api_as("warehouse").post("warehouse/returns", body)

    return act


def test_a_part_comes_back_into_stock(a_product, shipped, take_back, in_stock, api):
    # Given four boxes of two lots with a customer
    a_product("MILK", lots=True)
    sale = shipped("MILK", "4", "6", lot="A", expires_on="2031-01-01")

    # When three come back
    back = take_back(sale, sale.goods("MILK", "3"), reason="太多")
    assert back.status_code == 201, back.json
    assert back.json["number"].startswith("RT-")
    assert [(line["lot"], line["quantity"]) for line in back.json["lines"]] == [("A", "3")]

    # Then they lie in stock under their lot, and the deal knows
    assert in_stock("MILK") == {"A": "5"}
    [line] = api.get(f"deals/{sale.number}").json["lines"]
    assert (line["shipped"], line["returned"]) == ("4", "3")

    # And no more comes back than the customer has
    refused = take_back(sale, sale.goods("MILK", "2"))
    assert (refused.status_code, refused.json["code"]) == (409, "not_with_customer")
    assert in_stock("MILK") == {"A": "5"}


def test_scrapped_goods_come_and_go(a_product, shipped, take_back, in_stock, client):
    a_product("TEA")
    sale = shipped("TEA", "2", "5")
    back = take_back(sale, sale.goods("TEA", "1"), restock=False, reason="破损")
    assert back.status_code == 201, back.json
    assert in_stock("TEA") == {"": "3"}
    # And the journal tells of both
    journal = client("warehouse").get("/warehouse/journal", query_string={"q": back.json["number"]})
    assert journal.text.count(back.json["number"]) >= 2


def test_pieces_come_back_by_number(a_product, shipped, take_back, api_as, an_order, shipments_of):
    a_product("PHONE", serials=True)
    serials = {"serials": ["S1", "S2"]}
    sale = shipped("PHONE", "2", "3", ship=serials, serials=["S1", "S2", "S3"])
    line = sale.goods("PHONE", "1")

    # When a piece comes back that was not shipped with this order, it is refused
    unnamed = take_back(sale, line)
    assert unnamed.json["errors"][0]["field"] == "lines.0.serials"
    strange = take_back(sale, {**line, "serials": ["S3"]})
    assert strange.json["errors"][0]["field"] == "lines.0.serials"

    # When one of its own comes back, it can be sold again
    assert take_back(sale, {**line, "serials": ["S2"]}).status_code == 201
    [item] = api_as("warehouse").get("warehouse/stock", sku="PHONE").json["items"]
    assert item["serials"] == ["S2", "S3"]
    assert take_back(sale, {**line, "serials": ["S2"]}).status_code == 422
    other = an_order(PHONE="1")
    [shipment] = shipments_of(other)
    body = {"lines": [{**other.goods("PHONE", "1"), "serials": ["S2"]}]}
    again = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", body)
    assert again.status_code == 200


def test_what_came_back_is_not_delivered(a_product, shipped, take_back, shipments_of, api_as, api):
    # Given two shipments on the way, of which one is refused at the door in full
    a_product("TEA")
    refused, kept = shipped("TEA", "2", "9"), shipped("TEA", "3", "1")
    [shipment] = shipments_of(refused)
    assert take_back(refused, refused.goods("TEA", "2"), shipment_id=shipment["id"])
    [shipment] = shipments_of(refused)
    assert shipment["state"] == "returned"
    deliver = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/deliver", {})
    assert deliver.status_code == 409

    # When of the other one a part comes back before it arrives
    take_back(kept, kept.goods("TEA", "1"))
    [shipment] = shipments_of(kept)
    assert api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/deliver", {}).json

    # Then only the rest is delivered
    [line] = api.get(f"deals/{kept.number}").json["lines"]
    assert (line["shipped"], line["returned"], line["delivered"]) == ("3", "1", "2")


def test_a_return_says_what_is_wrong(a_product, shipped, take_back, api_as):
    a_product("TEA")
    sale = shipped("TEA", "2", "2")
    assert take_back(sale).json["errors"][0]["field"] == "lines"
    nothing = take_back(sale, {**sale.goods("TEA", "1"), "quantity": "-1"})
    assert nothing.json["errors"][0]["field"] == "lines.0.quantity"
    unknown = api_as("warehouse").post(
        "warehouse/returns", {"order": "SO-0", "lines": [sale.goods("TEA", "1")], "restock": True}
    )
    assert (unknown.status_code, unknown.json["code"]) == (404, "deal_not_found")
