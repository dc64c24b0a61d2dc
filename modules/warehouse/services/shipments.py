"""Keep the list of shipments in step with what happened; only handlers call this.

Everything here follows from the events of one deal in their order, so that a rebuild gives the
same rows with the same ids.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from core.deals.facts import Cancelled, Delivered, Fact, Returned, Shipped, Sold
from modules.warehouse.events import GoodsDelivered, GoodsReturned, GoodsShipped
from modules.warehouse.models import (
    DELIVERED,
    RETURNED,
    SHIPPED,
    Shipment,
    ShipmentLine,
)
from modules.warehouse.services.shipment_rows import (
    Quantities,
    add_copy,
    add_line,
    drop_if_empty,
    new_shipment,
    open_one,
    promise,
    shipments_of,
    stated,
    summed,
    take_out,
    under_way,
)


def open_or_add(sales: Sequence[Sold]) -> None:
    """Put what was sold into the open shipment of its deal; open one where there is none."""
    with shipments_of(sales) as deals:
        for sale in sales:
            _open_or_add(sale, deals[sale.deal_id])


def _open_or_add(sale: Sold, rows: list[Shipment]) -> None:
    shipment = open_one(rows)
    if shipment is None and sale.lines:
        shipment = new_shipment(sale, rows)
    if shipment is None:
        return
    promise(shipment, sale.promise_after(shipment.promised_on))
    places = {line.line_id: line.position for row in rows for line in row.lines}
    for sold in sale.lines:
        place = places.setdefault(sold.line_id, max(places.values(), default=0) + 1)
        add_line(shipment, sold, place)


def call_off(cancellations: Sequence[Cancelled]) -> None:
    """Take what was cancelled out of the open shipment."""
    with shipments_of(cancellations) as deals:
        for gone in cancellations:
            shipment = open_one(deals[gone.deal_id])
            if shipment is not None:
                take_out(shipment, {line.line_id: line.quantity for line in gone.lines})
                drop_if_empty(shipment, deals[gone.deal_id])


def send_off(dispatches: Sequence[GoodsShipped]) -> None:
    """Turn the open shipment into what has left, and put the rest into a new open one."""
    with shipments_of(dispatches) as deals:
        for sent in dispatches:
            _send_off(sent, deals[sent.deal_id])


def _send_off(sent: GoodsShipped, rows: list[Shipment]) -> None:
    shipment = next((row for row in rows if row.id == sent.shipment_id), None)
    if shipment is None:
        return
    gone = summed(sent.lines)
    rest = [line for line in shipment.lines if line.quantity > gone.get(line.line_id, Decimal(0))]
    if rest:
        _back_order(sent, shipment, rows, rest, gone)
    for line in list(shipment.lines):
        if line.line_id in gone:
            line.quantity = gone[line.line_id]
        else:
            shipment.lines.remove(line)
    _mark_shipped(shipment, sent)


def send_off_elsewhere(dispatches: Sequence[Shipped]) -> None:
    """Note what left by somebody else's hands, and take it out of the open shipment."""
    with shipments_of(dispatches) as deals:
        for sent in dispatches:
            if moved := _split_off(sent, deals[sent.deal_id], summed(sent.lines)):
                _mark_shipped(moved, sent)


def finish(deliveries: Sequence[GoodsDelivered]) -> None:
    """Note that a shipment is in the customer's hands."""
    with shipments_of(deliveries) as deals:
        for arrived in deliveries:
            for shipment in deals[arrived.deal_id]:
                if shipment.id == arrived.shipment_id:
                    _mark_delivered(shipment, arrived)


def finish_elsewhere(deliveries: Sequence[Delivered]) -> None:
    """Note a delivery that somebody else confirmed, of goods that left with or without a word."""
    with shipments_of(deliveries) as deals:
        for arrived in deliveries:
            _finish_elsewhere(arrived, deals[arrived.deal_id])


def _finish_elsewhere(arrived: Delivered, rows: list[Shipment]) -> None:
    there = summed(arrived.lines)
    on_the_way = [row for row in rows if row.state == SHIPPED]
    same = next((row for row in on_the_way if under_way([row]) == there), None)
    if same is not None:
        _mark_delivered(same, arrived)
    else:
        known = under_way(on_the_way)
        silent = {key: there[key] - known.get(key, Decimal(0)) for key in there}
        if moved := _split_off(arrived, rows, silent):
            _mark_shipped(moved, arrived)
            _mark_delivered(moved, arrived)


def take_back(returns: Sequence[Returned]) -> None:
    """Note what came back: from the shipment named, else from what arrived, the oldest first."""
    with shipments_of(returns) as deals:
        for back in returns:
            named = back.shipment_id if isinstance(back, GoodsReturned) else None
            _take_back(back, deals[back.deal_id], named)


def _take_back(back: Returned, all_rows: Sequence[Shipment], shipment_id: UUID | None) -> None:
    order = {DELIVERED: 1, SHIPPED: 2}
    rows = [row for row in all_rows if row.state in order]
    rows.sort(key=lambda row: (row.id != shipment_id, order[row.state], row.position))
    left = summed(back.lines)
    for row in rows:
        for line in row.lines:
            taken = min(line.quantity - line.returned, left.get(line.line_id, Decimal(0)))
            if taken > 0:
                line.returned += taken
                left[line.line_id] -= taken
        if row.state == SHIPPED and all(line.returned == line.quantity for line in row.lines):
            row.state, row.moved_at = RETURNED, stated(back).at


def _back_order(
    fact: Fact,
    shipment: Shipment,
    rows: list[Shipment],
    rest: Iterable[ShipmentLine],
    gone: Quantities,
) -> None:
    later = new_shipment(fact, rows)
    promise(later, shipment.promised_on)
    for line in rest:
        add_copy(later, line, line.quantity - gone.get(line.line_id, Decimal(0)))


def _split_off(fact: Fact, rows: list[Shipment], gone: Quantities) -> Shipment | None:
    """Move goods of the open shipment into one of their own, as far as they are there."""
    shipment = open_one(rows)
    moved = {
        line: min(line.quantity, gone.get(line.line_id, Decimal(0)))
        for line in (shipment.lines if shipment else ())
    }
    if shipment is None or not any(quantity > 0 for quantity in moved.values()):
        return None
    other = new_shipment(fact, rows)
    promise(other, shipment.promised_on)
    for line, quantity in moved.items():
        if quantity > 0:
            add_copy(other, line, quantity)
    take_out(shipment, gone)
    drop_if_empty(shipment, rows)
    return other


def _mark_shipped(shipment: Shipment, fact: Fact) -> None:
    shipment.state, shipment.document = SHIPPED, fact.document
    shipment.shipped_at = shipment.moved_at = stated(fact).at
    shipment.shipped_by = stated(fact).actor


def _mark_delivered(shipment: Shipment, fact: Fact) -> None:
    shipment.state = DELIVERED
    shipment.delivered_at = shipment.moved_at = stated(fact).at
    shipment.delivered_by = stated(fact).actor
