"""The rows of shipments, and how goods pass from one to another."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from bus import Envelope, delivery_context
from core.db import db
from core.deals.facts import Fact, GoodsLine, SoldLine
from core.ids import derived_id
from modules.warehouse.models import OPEN, SOME_DAY, Shipment, ShipmentLine

Quantities = dict[UUID, Decimal]


def shipments_of(deal_id: UUID) -> Sequence[Shipment]:
    """Return every shipment of a deal, in the order in which they were opened."""
    return shipments_of_all([deal_id]).get(deal_id, [])


def shipments_of_all(deal_ids: Iterable[UUID]) -> dict[UUID, list[Shipment]]:
    """Return the shipments of several deals at once."""
    query = select(Shipment).where(Shipment.deal_id.in_(set(deal_ids)))
    found: dict[UUID, list[Shipment]] = {}
    for row in db.session.scalars(query.order_by(Shipment.deal_id, Shipment.position)):
        found.setdefault(row.deal_id, []).append(row)
    return found


def open_one(rows: Iterable[Shipment]) -> Shipment | None:
    """Return the shipment that is still to leave, if there is one."""
    return next((row for row in rows if row.state == OPEN), None)


def new_shipment(fact: Fact, rows: Sequence[Shipment]) -> Shipment:
    """Open an empty shipment after those that the deal has."""
    position = max((row.position for row in rows), default=0) + 1
    shipment = Shipment(
        id=derived_id("warehouse.shipment", fact.deal_id, position),
        deal_id=fact.deal_id,
        number=fact.number,
        position=position,
        customer_id=fact.customer_id,
        customer_name=fact.customer_name,
        state=OPEN,
        ship_by=SOME_DAY,
        document="",
        opened_at=stated(fact).at,
        moved_at=stated(fact).at,
        lines=[],
    )
    db.session.add(shipment)
    return shipment


def promise(shipment: Shipment, day: date | None) -> None:
    """Note the day for which the customer was promised her goods."""
    shipment.promised_on = day
    shipment.ship_by = shipment.promised_on or SOME_DAY


def add_line(shipment: Shipment, sold: SoldLine, place: int) -> None:
    """Put a sold quantity into a shipment."""
    line = next((line for line in shipment.lines if line.line_id == sold.line_id), None)
    if line is not None:
        line.quantity += sold.quantity
    elif sold.quantity > 0:
        shipment.lines.append(_line(sold, place, sold.quantity))


def _line(goods: SoldLine | ShipmentLine, place: int, quantity: Decimal) -> ShipmentLine:
    return ShipmentLine(
        line_id=goods.line_id,
        position=place,
        sku=goods.sku,
        name=goods.name,
        unit=goods.unit,
        quantity=quantity,
        returned=Decimal(0),
    )


def copy_of(line: ShipmentLine, quantity: Decimal) -> ShipmentLine:
    """Return a line of another shipment with the same goods."""
    return _line(line, line.position, quantity)


def summed(lines: Iterable[GoodsLine]) -> Quantities:
    """Add up by line: one line may leave from several lots."""
    sums: Quantities = {}
    for line in lines:
        sums[line.line_id] = sums.get(line.line_id, Decimal(0)) + line.quantity
    return sums


def under_way(rows: Iterable[Shipment]) -> Quantities:
    """Add up by line what these shipments hold and has not come back."""
    sums: Quantities = {}
    for line in (line for row in rows for line in row.lines):
        sums[line.line_id] = sums.get(line.line_id, Decimal(0)) + line.quantity - line.returned
    return sums


def take_out(shipment: Shipment, quantities: Quantities) -> None:
    """Take quantities out of a shipment, as far as they are there."""
    for line in list(shipment.lines):
        line.quantity -= max(Decimal(0), quantities.get(line.line_id, Decimal(0)))
        if line.quantity <= 0:
            shipment.lines.remove(line)


def drop_if_empty(shipment: Shipment) -> None:
    """Remove a shipment with which nobody has anything left to do."""
    if not shipment.lines:
        db.session.delete(shipment)
        db.session.flush()


def stated(fact: Fact) -> Envelope:
    """Return when and by whom a fact was stated: rows take both from there, never from a clock."""
    found = delivery_context()
    if found is None:
        raise RuntimeError("shipments are written by handlers only")
    return found.of(fact)
