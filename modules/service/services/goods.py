"""Keep who has which goods; only handlers call this."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.deals.facts import Delivered, GoodsLine, Returned
from core.money import ZERO
from modules.service.models import DeliveredGoods

Key = tuple[UUID, UUID, str, str]


def note_delivered(deliveries: Sequence[Delivered]) -> None:
    """Add what customers were handed, lot by lot and piece by piece."""
    rows = _rows({delivered.deal_id for delivered in deliveries})
    for delivered in deliveries:
        for key, quantity in _pieces(delivered.deal_id, delivered.lines):
            row = rows.get(key)
            if row is None:
                row = rows[key] = _new(key, delivered)
                db.session.add(row)
            row.quantity += quantity
    db.session.flush()


def note_returned(returns: Sequence[Returned]) -> None:
    """Take off what came back: of that lot or piece, else of whatever she has of the line."""
    rows = _rows({returned.deal_id for returned in returns})
    for returned in returns:
        for key, quantity in _pieces(returned.deal_id, returned.lines):
            left = quantity
            same_line = [row for each, row in sorted(rows.items()) if each[:2] == key[:2]]
            exact = [rows[key]] if key in rows else []
            for row in (*exact, *same_line):
                taken = min(left, row.quantity - row.returned)
                row.returned, left = row.returned + taken, left - taken
    db.session.flush()


def _rows(deal_ids: set[UUID]) -> dict[Key, DeliveredGoods]:
    query = select(DeliveredGoods).where(DeliveredGoods.deal_id.in_(deal_ids))
    return {
        (row.deal_id, row.line_id, row.lot, row.serial): row for row in db.session.scalars(query)
    }


def _pieces(deal_id: UUID, lines: Sequence[GoodsLine]) -> Iterator[tuple[Key, Decimal]]:
    for line in lines:
        for serial in line.serials:
            yield (deal_id, line.line_id, line.lot or "", serial), Decimal(1)
        if rest := line.quantity - len(line.serials):
            yield (deal_id, line.line_id, line.lot or "", ""), rest


def _new(key: Key, delivered: Delivered) -> DeliveredGoods:
    deal_id, line_id, lot, serial = key
    return DeliveredGoods(
        deal_id=deal_id,
        line_id=line_id,
        lot=lot,
        serial=serial,
        number=delivered.number,
        customer_id=delivered.customer_id,
        delivered_on=delivered.happened_on,
        quantity=ZERO,
        returned=ZERO,
    )
