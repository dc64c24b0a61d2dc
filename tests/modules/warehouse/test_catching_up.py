"""What the warehouse missed while it was off it catches up with, and a rebuild changes nothing."""

from decimal import Decimal

from sqlalchemy import select

from core.db import db, reading
from core.deals.facts import GoodsLine, Shipped
from core.doctor import views
from modules.warehouse.models import Shipment, ShipmentLine


def _difference(app):
    """Return what the views hold that the log does not give."""
    with reading(app):
        found = [each.difference for each in views.compare(app, "warehouse")]
        return next((each for each in found if each), None)


def _rows(app):
    with reading(app):
        tables = (Shipment.__table__, ShipmentLine.__table__)
        return [
            sorted(map(str, db.session.execute(select(table)).mappings().all())) for table in tables
        ]


def test_what_was_sold_while_the_warehouse_was_off_is_listed_afterwards(
    app, a_product, received, an_order, stated, shipments_of, api, bus_idle
):
    # Given an order before, and one of which a part was called off while the warehouse is off
    a_product("TEA")
    received("TEA", "10")
    before = an_order(TEA="1")
    [first] = shipments_of(before)
    assert api.post("modules/warehouse/disable", {}).status_code == 200
    assert api.get("warehouse/shipments").json["code"] == "module_off"
    assert api.post("warehouse/returns", {}).status_code == 404
    meanwhile = an_order(TEA="5")
    stated(meanwhile.cancelled("TEA", "2"))
    till = GoodsLine(line_id=before.lines["TEA"], quantity=Decimal(1))
    stated(before.fact(Shipped, lines=(till,), document="TILL-1"))

    # When it is switched on again and has caught up
    assert api.post("modules/warehouse/enable", {}).status_code == 200
    bus_idle()

    # Then it knows what happened in between, in order
    [shipment] = shipments_of(meanwhile)
    assert [line["quantity"] for line in shipment["lines"]] == ["3"]
    [gone] = shipments_of(before)
    assert (gone["state"], gone["document"]) == ("shipped", "TILL-1")
    assert gone["id"] != first["id"]
    assert _difference(app) is None


def test_a_rebuild_gives_identical_rows(
    app, a_product, received, an_order, stated, shipments_of, api_as, bus_idle
):
    # Given orders at every stage: in parts, called off, delivered, returned
    a_product("TEA")
    received("TEA", "100")
    warehouse = api_as("warehouse")
    sales = [an_order(TEA="5") for _sale in range(4)]
    for sale in sales[:3]:
        [shipment] = shipments_of(sale)
        part = {"lines": [sale.goods("TEA", "2")]}
        warehouse.post(f"warehouse/shipments/{shipment['id']}/ship", part)
    stated(sales[0].cancelled("TEA", "3"))
    [shipment] = shipments_of(sales[0])
    warehouse.post(f"warehouse/shipments/{shipment['id']}/deliver", {})
    back = {"order": sales[1].number, "lines": [sales[1].goods("TEA", "1")], "restock": True}
    warehouse.post("warehouse/returns", back)
    stated(sales[2].sold(TEA="1"))
    bus_idle()
    stored = _rows(app)

    # When the views are told from the log again, nothing is different
    assert _difference(app) is None
    assert _rows(app) == stored

    # When one row is damaged, it is found
    from sqlalchemy import update

    from core.db import unit_of_work

    with unit_of_work(app):
        db.session.execute(
            update(ShipmentLine).where(ShipmentLine.quantity == 2).values(quantity=1)
        )
    assert _difference(app).table == "warehouse_shipment_line"


def test_history_is_not_shipped_again(app, a_product, acting, api_as, bus_idle):
    from core.testing.deals import sell

    with acting("admin"):
        sell("OLD-1", 3, historical=True)
    bus_idle()
    assert api_as("warehouse").get("warehouse/shipments").json["items"] == []


def test_deals_may_be_heard_of_in_any_order(app, a_product, an_order, stated, bus_idle, api_as):
    # Given many orders whose facts are mixed, and nobody has heard of any
    a_product("TEA")
    sales = [an_order(TEA="3") for _sale in range(6)]
    for sale in reversed(sales):
        stated(sale.cancelled("TEA", "1"))
    for sale in sales[::2]:
        stated(sale.sold(TEA="4"))

    bus_idle()

    items = api_as("warehouse").get("warehouse/shipments").json["items"]
    found = {item["order"]: item["lines"][0]["quantity"] for item in items}
    assert found == {
        sale.number: "6" if place % 2 == 0 else "2" for place, sale in enumerate(sales)
    }


def test_an_order_called_off_and_taken_again_is_one_shipment(
    app, a_product, an_order, stated, bus_idle, api_as
):
    # Given an order that was called off and taken again before the warehouse heard of anything
    a_product("TEA")
    sale = an_order(TEA="3")
    stated(sale.cancelled("TEA", "3"), sale.sold(TEA="2"))
    stated(sale.cancelled("TEA", "2"))
    stated(sale.sold(TEA="1"))

    bus_idle()

    [shipment] = api_as("warehouse").get("warehouse/shipments").json["items"]
    assert [line["quantity"] for line in shipment["lines"]] == ["1"]
    assert _difference(app) is None
