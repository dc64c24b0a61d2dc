"""A day of the sample company's warehouse: goods come, leave, arrive, and sometimes come back."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.deals.picture import Picture
from core.deals.queries import deal_by_id
from core.ids import new_id
from core.products.models import Product
from core.products.queries import products
from modules.warehouse.errors import StockShort
from modules.warehouse.models import (
    WITH_CUSTOMER,
    ExpectedLine,
    ExpectedReturn,
    Serial,
    Shipment,
)
from modules.warehouse.queries.expected import expected
from modules.warehouse.queries.shipments import shipments
from modules.warehouse.queries.stages import ON_THE_WAY, READY
from modules.warehouse.queries.stock import on_hand, pieces_in_stock
from modules.warehouse.services.delivering import deliver
from modules.warehouse.services.receiving import Arrival, receive_goods
from modules.warehouse.services.returning import take_back
from modules.warehouse.services.shipping import ship
from modules.warehouse.services.taking import Wanted
from modules.warehouse.services.unpacking import ComingBack

#: What is ordered anew when less than this is there.
_LOW = 6


def live_a_day(chance: Random) -> None:
    """Put goods into stock, send off what may leave, hand over what is on its way."""
    _receive(chance)
    for shipment in shipments(stage=READY, limit=50).items:
        if chance.random() < 0.7:
            _send_off(shipment)
    for shipment in shipments(stage=ON_THE_WAY, limit=50).items:
        if chance.random() < 0.6:
            deliver(shipment.id, received_by=shipment.customer_name)
            if chance.random() < 0.03:
                _take_one_back(deal_by_id(shipment.deal_id), chance)
    for row in expected():
        if chance.random() < 0.5:
            _take_promised_back(row)


def _send_off(shipment: Shipment) -> None:
    """Send it, unless another one has taken the goods this morning."""
    with suppress(StockShort), db.session.begin_nested():
        ship(shipment.id, _picked(shipment))


def _picked(shipment: Shipment) -> list[Wanted]:
    """Take the pieces that stand in front."""
    pieces = pieces_in_stock([line.sku for line in shipment.lines])
    return [
        Wanted(
            line_id=line.line_id,
            quantity=line.quantity,
            serials=tuple(pieces.get(line.sku, [])[: int(line.quantity)]),
        )
        for line in shipment.lines
    ]


def _receive(chance: Random) -> None:
    there = {each.sku: each.free for each in on_hand(limit=200).items}
    arrivals = [
        _arrival(product, chance)
        for product in products(limit=50).items
        if there.get(product.sku, Decimal(0)) < _LOW and chance.random() < 0.5
    ]
    if arrivals:
        receive_goods(arrivals)


def _arrival(product: Product, chance: Random) -> Arrival:
    quantity = chance.choice((8, 10, 12)) if product.serials else chance.choice((40, 60, 80))
    return Arrival(
        sku=product.sku,
        quantity=Decimal(quantity),
        lot=f"{today():%y%m%d}" if product.lots else "",
        expires_on=today() + timedelta(days=chance.randint(120, 540)) if product.lots else None,
        serials=tuple(_serial(product) for _each in range(quantity)) if product.serials else (),
    )


def _serial(product: Product) -> str:
    return f"{product.sku}-{new_id().hex[-8:].upper()}"


def _take_one_back(deal: Picture, chance: Random) -> None:
    lines = [line for line in deal.lines if line.with_customer >= 1]
    serials = {product.sku for product in products(limit=50).items if product.serials}
    simple = [line for line in lines if line.sku not in serials]
    if simple:
        back = ComingBack(line_id=chance.choice(simple).line_id, quantity=Decimal(1))
        take_back(deal.deal_id, [back], restock=True, reason="多买了")


def _take_promised_back(row: ExpectedReturn) -> None:
    """Take back what a customer was promised to exchange or return; it is not sold again."""
    lines = [
        ComingBack(
            line_id=line.line_id,
            quantity=line.quantity - line.returned,
            serials=_pieces_of(row, line)[: int(line.quantity - line.returned)],
        )
        for line in row.lines
        if line.quantity > line.returned
    ]
    take_back(row.deal_id, lines, restock=False, reason=row.complaint)


def _pieces_of(row: ExpectedReturn, line: ExpectedLine) -> tuple[str, ...]:
    query = select(Serial.serial).where(
        Serial.deal_id == row.deal_id,
        Serial.line_id == line.line_id,
        Serial.state == WITH_CUSTOMER,
    )
    return tuple(db.session.scalars(query.order_by(Serial.serial)))
