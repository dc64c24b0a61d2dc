"""What exactly is in a shipment that left: lots and serial numbers."""

from decimal import Decimal

from sqlalchemy import select

from core.db import db
from core.deals.facts import GoodsLine
from modules.warehouse.models import WITH_CUSTOMER, Dispatch, DispatchLine, Serial, Shipment


def goods_under_way(shipment: Shipment) -> tuple[GoodsLine, ...]:
    """Return what of a shipment the customer gets: all that left and has not come back."""
    dispatch = db.session.get(Dispatch, shipment.id)
    returned = {line.line_id: line.returned for line in shipment.lines}
    if dispatch is None:
        # It left by somebody else's hands: lots and numbers are theirs.
        return tuple(
            GoodsLine(line_id=line.line_id, quantity=line.quantity - line.returned)
            for line in shipment.lines
            if line.quantity > line.returned
        )
    query = select(Serial.sku, Serial.serial).where(
        Serial.shipment_id == shipment.id, Serial.state == WITH_CUSTOMER
    )
    pieces = {(sku, serial) for sku, serial in db.session.execute(query)}
    found = []
    for line in dispatch.lines:
        serials = tuple(each for each in line.serials if (line.sku, each) in pieces)
        back = min(returned.get(line.line_id, Decimal(0)), line.quantity)
        if line.serials:
            back = line.quantity - len(serials)
        returned[line.line_id] = returned.get(line.line_id, Decimal(0)) - back
        if line.quantity > back:
            found.append(_goods(line, line.quantity - back, serials))
    return tuple(found)


def _goods(line: DispatchLine, quantity: Decimal, serials: tuple[str, ...]) -> GoodsLine:
    return GoodsLine(line_id=line.line_id, quantity=quantity, lot=line.lot or None, serials=serials)
