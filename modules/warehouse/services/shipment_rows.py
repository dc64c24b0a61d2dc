"""The rows of shipments, and how goods pass from one to another."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from uuid import UUID

from bus import Envelope, delivery_context
from core.deals.facts import Fact, GoodsLine, SoldLine
from core.ids import derived_id
from core.live.hints import hint
from modules.warehouse.models import LINES, OPEN, SHIPMENTS, SOME_DAY, Shipment, ShipmentLine

Quantities = dict[UUID, Decimal]


@contextmanager
def shipments_of(facts: Sequence[Fact]) -> Iterator[dict[UUID, list[Shipment]]]:
    """Give the shipments of the facts' deals, in the order in which they were opened.

    Read at once for all deals; what the block has made of them is written at once, and told.
    """
    rows: dict[UUID, list[Shipment]] = {fact.deal_id: [] for fact in facts}
    before = SHIPMENTS.read("deal_id", rows.keys())
    for row in sorted(before.values(), key=lambda row: row.position):
        rows[row.deal_id].append(row)
    yield rows
    after = {row.id: row for deal in rows.values() for row in deal}
    SHIPMENTS.delete(row for id_, row in before.items() if id_ not in after)
    SHIPMENTS.write(after.values())
    for number in sorted({fact.number for fact in facts}):
        hint("warehouse.shipments", number)


def open_one(rows: Iterable[Shipment]) -> Shipment | None:
    """Return the shipment that is still to leave, if there is one."""
    return next((row for row in rows if row.state == OPEN), None)


def new_shipment(fact: Fact, rows: list[Shipment]) -> Shipment:
    """Open an empty shipment and put it behind those that the deal has."""
    position = max((row.position for row in rows), default=0) + 1
    shipment = SHIPMENTS.new(
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
    )
    rows.append(shipment)
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
        shipment.lines.append(_line(shipment, sold, place, sold.quantity))


def _line(
    shipment: Shipment, goods: SoldLine | ShipmentLine, place: int, quantity: Decimal
) -> ShipmentLine:
    line: ShipmentLine = LINES.rows.like(
        shipment_id=shipment.id,
        line_id=goods.line_id,
        position=place,
        sku=goods.sku,
        name=goods.name,
        unit=goods.unit,
        quantity=quantity,
        returned=Decimal(0),
    )
    return line


def add_copy(shipment: Shipment, line: ShipmentLine, quantity: Decimal) -> None:
    """Put into a shipment a quantity of the goods on another one's line."""
    shipment.lines.append(_line(shipment, line, line.position, quantity))


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


def drop_if_empty(shipment: Shipment, rows: list[Shipment]) -> None:
    """Remove a shipment of a deal with which nobody has anything left to do."""
    if not shipment.lines:
        rows.remove(shipment)


def stated(fact: Fact) -> Envelope:
    """Return when and by whom a fact was stated: rows take both from there, never from a clock."""
    found = delivery_context()
    if found is None:
        raise RuntimeError("shipments are written by handlers only")
    return found.of(fact)
