"""REST for receipts, shipments, returns and stock."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from core.api import idempotent
from core.api.paging import answer
from core.deals.queries import deal_id
from core.paging import Page
from core.papers.answers import pdf_answer
from core.people.identity import requires
from core.text import tidy
from modules.warehouse.edge import settling
from modules.warehouse.models import DELIVERED, ExpectedReturn, GoodsReturn
from modules.warehouse.papers import delivery_note
from modules.warehouse.queries import cards, expected, shipments, stock
from modules.warehouse.queries.cards import Card
from modules.warehouse.schemas import (
    DeliverSchema,
    ExpectedSchema,
    ReceiptSchema,
    ReceiptShown,
    ReturnSchema,
    ReturnShown,
    ShipmentPage,
    ShipmentsArgs,
    ShipmentSchema,
    ShipSchema,
    StockArgs,
    StockPage,
)
from modules.warehouse.services.delivering import deliver
from modules.warehouse.services.receiving import receive_goods
from modules.warehouse.services.returning import take_back
from modules.warehouse.services.shipping import ship

blp = Blueprint(
    "warehouse-api",
    __name__,
    url_prefix="/api/v1/warehouse",
    description="Goods: receiving, shipping, delivering, taking back, stock.",
)


@blp.post("/receipts")
@requires("warehouse.work")
@idempotent
@blp.arguments(ReceiptSchema())
@blp.response(201, ReceiptShown)
def receive(entered: dict[str, Any]) -> dict[str, Any]:
    """Take goods that arrived into stock."""
    receipt = receive_goods(entered["lines"], note=entered["note"])
    columns = ("id", "number", "note", "at", "by_name")
    return {
        **{name: getattr(receipt, name) for name in columns},
        "lines": [asdict(line) for line in entered["lines"]],
    }


@blp.get("/shipments")
@requires("warehouse.work")
@settling
@blp.arguments(ShipmentsArgs(), location="query")
@blp.response(200, ShipmentPage)
def list_shipments(args: dict[str, Any]) -> dict[str, Any]:
    """List shipments, those promised first first; those of one order as they are now."""
    page = shipments.shipments(number=tidy(args.pop("order")).upper(), **args)
    return answer(Page([shown(card) for card in cards.cards(page.items)], page.next))


@blp.get("/shipments/<uuid:shipment_id>")
@requires("warehouse.work")
@settling
@blp.response(200, ShipmentSchema)
def shipment(shipment_id: UUID) -> dict[str, Any]:
    """Return one shipment."""
    return shown(cards.card(shipments.shipment(shipment_id)))


@blp.post("/shipments/<uuid:shipment_id>/ship")
@requires("warehouse.work")
@settling
@idempotent
@blp.arguments(ShipSchema())
@blp.response(200, ShipmentSchema)
def ship_goods(entered: dict[str, Any], shipment_id: UUID) -> dict[str, Any]:
    """Send a shipment off; what is left behind becomes a new open shipment."""
    dispatch = ship(shipment_id, **entered)
    return shown(cards.just_left(shipments.shipment(shipment_id), dispatch))


@blp.post("/shipments/<uuid:shipment_id>/deliver")
@requires("warehouse.work")
@settling
@idempotent
@blp.arguments(DeliverSchema())
@blp.response(200, ShipmentSchema)
def deliver_goods(entered: dict[str, Any], shipment_id: UUID) -> dict[str, Any]:
    """Confirm that a shipment is in the customer's hands."""
    before = cards.card(shipments.shipment(shipment_id))
    handover = deliver(shipment_id, **entered)
    return {**shown(before), "state": DELIVERED, "delivered_at": handover.at}


@blp.get("/shipments/<uuid:shipment_id>/delivery-note")
@requires("warehouse.work")
@blp.response(200, content_type="application/pdf")
def note(shipment_id: UUID) -> Response:
    """Return the delivery note of a shipment that left, as PDF."""
    found = cards.card(shipments.shipment(shipment_id))
    return pdf_answer(delivery_note(found), found.document)


@blp.post("/returns")
@requires("warehouse.work")
@settling
@idempotent
@blp.arguments(ReturnSchema())
@blp.response(201, ReturnShown)
def return_goods(entered: dict[str, Any]) -> GoodsReturn:
    """Take goods back: into stock, or scrapped."""
    about = deal_id(tidy(entered.pop("order")).upper())
    return take_back(about, entered.pop("lines"), **entered)


@blp.get("/expected")
@requires("warehouse.work")
@blp.response(200, ExpectedSchema(many=True))
def list_expected() -> Sequence[ExpectedReturn]:
    """List goods that customers were promised to exchange or return and that are to come back."""
    return expected.expected()


@blp.get("/stock")
@requires("warehouse.work")
@blp.arguments(StockArgs(), location="query")
@blp.response(200, StockPage)
def list_stock(args: dict[str, Any]) -> dict[str, Any]:
    """List what lies where, by product, place and lot."""
    return answer(stock.stock_items(**{**args, "sku": tidy(args["sku"])}))


def shown(card: Card) -> dict[str, Any]:
    """Return a shipment in JSON's shape."""
    return {name: getattr(card, name) for name in ShipmentSchema().fields}
