"""Goods in stock: by place and lot, piece by piece, never below zero, every move noted."""

from datetime import timedelta

from core.clock import now
from core.db import reading
from modules.warehouse.queries.stock import differences


def _errors(answer):
    assert answer.status_code == 422, answer.json
    return {error["field"]: error["message"] for error in answer.json["errors"]}


def test_what_expires_first_leaves_first(
    a_product, received, an_order, shipments_of, in_stock, api_as
):
    # Given three lots, received out of order, one of which has expired
    a_product("MILK", lots=True)
    day = now().date()
    received("MILK", "5", lot="LATE", expires_on=(day + timedelta(days=60)).isoformat())
    received("MILK", "2", lot="SOON", expires_on=(day + timedelta(days=5)).isoformat())
    received("MILK", "9", lot="GONE", expires_on=(day - timedelta(days=1)).isoformat())
    sale = an_order(MILK="3")

    # When three pieces leave and nobody names a lot
    [shipment] = shipments_of(sale)
    proposed = [(pick["lot"], pick["quantity"]) for pick in shipment["lines"][0]["picks"]]
    left = api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})

    # Then the lot that expires first is used up first, and what has expired stays
    assert proposed == [("SOON", "2"), ("LATE", "1")]
    taken = [(pick["lot"], pick["quantity"]) for pick in left.json["lines"][0]["picks"]]
    assert taken == proposed
    assert in_stock("MILK") == {"GONE": "9", "LATE": "4"}


def test_a_named_lot_is_taken(a_product, received, an_order, shipments_of, in_stock, api_as):
    a_product("MILK", lots=True)
    received("MILK", "5", lot="A", expires_on="2030-01-01")
    received("MILK", "5", lot="B", expires_on="2031-01-01")
    sale = an_order(MILK="3")
    [shipment] = shipments_of(sale)
    ship = f"warehouse/shipments/{shipment['id']}/ship"
    warehouse = api_as("warehouse")

    unknown = warehouse.post(ship, {"lines": [{**sale.goods("MILK", "3"), "lot": "C"}]})
    assert "C" in _errors(unknown)["lines.0.lot"]
    assert warehouse.post(ship, {"lines": [{**sale.goods("MILK", "3"), "lot": "B"}]}).json
    assert in_stock("MILK") == {"A": "5", "B": "2"}


def test_pieces_are_known_by_their_numbers(
    a_product, received, an_order, shipments_of, api_as, api
):
    # Given three phones in stock
    a_product("PHONE", serials=True)
    received("PHONE", "3", serials=["S1", "S2", "S3"])
    sale = an_order(PHONE="2")
    [shipment] = shipments_of(sale)
    warehouse = api_as("warehouse")
    ship = f"warehouse/shipments/{shipment['id']}/ship"

    # Then they leave only by number, and only those that are there
    assert "lines.0.serials" in _errors(warehouse.post(ship, {}))
    strange = {"lines": [{**sale.goods("PHONE", "2"), "serials": ["S1", "S9"]}]}
    assert "S9" in _errors(warehouse.post(ship, strange))["lines.0.serials"]
    twice = {"lines": [{**sale.goods("PHONE", "2"), "serials": ["S1", "S1"]}]}
    assert "lines.0.serials" in _errors(warehouse.post(ship, twice))

    # When two of them leave
    good = {"lines": [{**sale.goods("PHONE", "2"), "serials": ["S1", "S3"]}]}
    left = warehouse.post(ship, good)
    assert left.status_code == 200, left.json

    # Then the fact names them, the third is still there, and a number leads to the piece
    shipped = next(
        event
        for event in api.get("bus/events", order=sale.number).json["items"]
        if event["type"] == "warehouse.goods_shipped"
    )
    assert [line["serials"] for line in shipped["payload"]["lines"]] == [["S1", "S3"]]
    [item] = warehouse.get("warehouse/stock", sku="PHONE").json["items"]
    assert item["serials"] == ["S2"]

    # And a piece that a customer has cannot be received as new
    again = {"lines": [{"sku": "PHONE", "quantity": "1", "serials": ["S1"]}]}
    message = _errors(warehouse.post("warehouse/receipts", again))["lines.0.serials"]
    assert sale.number in message


def test_a_receipt_says_what_is_wrong_with_each_field(a_product, api_as, in_stock):
    a_product("MILK", lots=True)
    a_product("PHONE", serials=True)
    lines = [
        {"sku": "NOTHING", "quantity": "1"},
        {"sku": "MILK", "quantity": "1"},
        {"sku": "PHONE", "quantity": "2", "serials": ["S1"]},
        {"sku": "MILK", "quantity": "0", "lot": "A"},
        {"sku": "MILK", "quantity": 1.5, "lot": "A"},
        {"sku": "MILK", "quantity": "1", "lot": "A", "expires_on": "soon"},
    ]
    warehouse = api_as("warehouse")
    formal = _errors(warehouse.post("warehouse/receipts", {"lines": lines[3:]}))
    assert set(formal) == {"lines.0.quantity", "lines.1.quantity", "lines.2.expires_on"}
    ours = _errors(warehouse.post("warehouse/receipts", {"lines": lines[:3]}))
    assert set(ours) == {"lines.0.sku", "lines.1.lot", "lines.2.serials"}
    assert "lines" in _errors(warehouse.post("warehouse/receipts", {"lines": []}))
    assert in_stock("MILK") == {}


def test_one_lot_expires_on_one_day(a_product, received, api_as):
    a_product("MILK", lots=True)
    received("MILK", "1", lot="A", expires_on="2030-01-01")
    other = {"sku": "MILK", "quantity": "1", "lot": "A", "expires_on": "2031-01-01"}
    answer = api_as("warehouse").post("warehouse/receipts", {"lines": [other]})
    assert "2030-01-01" in _errors(answer)["lines.0.expires_on"]
    received("MILK", "1", lot="A")


def test_a_receipt_needs_a_key_and_happens_once(a_product, api_as, in_stock):
    a_product("TEA")
    body = {"lines": [{"sku": "TEA", "quantity": "2.5"}]}
    warehouse = api_as("warehouse")
    first = warehouse.post("warehouse/receipts", body, key="once")
    again = warehouse.post("warehouse/receipts", body, key="once")
    assert (first.status_code, first.json) == (201, again.json)
    assert in_stock("TEA") == {"": "2.5"}


def test_the_balance_is_the_sum_of_the_journal(
    app, a_product, received, an_order, shipments_of, api_as
):
    a_product("TEA")
    received("TEA", "5")
    received("TEA", "5", location="B-01")
    [shipment] = shipments_of(an_order(TEA="7"))
    api_as("warehouse").post(f"warehouse/shipments/{shipment['id']}/ship", {})
    with reading(app):
        assert differences() == []


def test_a_tampered_balance_is_found(app, a_product, received):
    from sqlalchemy import update

    from core.db import db, unit_of_work
    from modules.warehouse.models import Stock
    from modules.warehouse.queries.stock import imbalance

    a_product("TEA")
    received("TEA", "5")
    with unit_of_work(app):
        db.session.execute(update(Stock).values(quantity=6))
    with reading(app):
        assert "TEA" in imbalance()


def test_only_the_warehouse_moves_goods(a_product, api_as, an_order, shipments_of):
    a_product("TEA")
    [shipment] = shipments_of(an_order(TEA="1"))
    for path, body in (
        ("warehouse/receipts", {"lines": [{"sku": "TEA", "quantity": "1"}]}),
        (f"warehouse/shipments/{shipment['id']}/ship", {}),
        (f"warehouse/shipments/{shipment['id']}/deliver", {}),
        ("warehouse/returns", {"order": "SO-1", "lines": [], "restock": True}),
    ):
        assert api_as("finance").post(path, body).status_code == 403, path
    assert api_as("sales").get("warehouse/stock").status_code == 403
