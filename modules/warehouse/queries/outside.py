"""What customers have, by lot and delivery note: to know goods again when they come back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from core.clock import local
from core.db import db
from modules.warehouse.models import Dispatch, DispatchLine, GoodsReturn, ReturnLine


@dataclass
class LotOutside:
    """How much of one lot left for one line of an order and has not come back."""

    lot: str
    expires_on: date | None
    quantity: Decimal


def lots_outside(deal_id: UUID) -> dict[UUID, list[LotOutside]]:
    """Return, for each line of a deal, the lots that the customer has, as they left."""
    left = (
        select(DispatchLine)
        .join(Dispatch, Dispatch.shipment_id == DispatchLine.shipment_id)
        .where(Dispatch.deal_id == deal_id)
        .order_by(Dispatch.at, DispatchLine.position)
    )
    heaps: dict[UUID, dict[str, LotOutside]] = defaultdict(dict)
    for line in db.session.scalars(left):
        heap = heaps[line.line_id].setdefault(
            line.lot, LotOutside(line.lot, line.expires_on, Decimal(0))
        )
        heap.quantity += line.quantity
    back = select(ReturnLine).join(GoodsReturn).where(GoodsReturn.deal_id == deal_id)
    for line_back in db.session.scalars(back):
        known = heaps[line_back.line_id].get(line_back.lot)
        if known is not None:
            known.quantity -= line_back.quantity
    return {line_id: list(lots.values()) for line_id, lots in heaps.items()}


@dataclass(frozen=True)
class Note:
    """A delivery note, and the day on which its goods left."""

    document: str
    left_on: date


def notes_by_line(deal_id: UUID) -> dict[UUID, list[Note]]:
    """Return, for each line of a deal, the delivery notes with which it left, in their order.

    They tell apart the goods that were sold and the same goods that were given for them.
    """
    query = select(Dispatch).where(Dispatch.deal_id == deal_id).order_by(Dispatch.at)
    notes: dict[UUID, list[Note]] = defaultdict(list)
    for dispatch in db.session.scalars(query):
        note = Note(dispatch.document, local(dispatch.at).date())
        for line_id in {line.line_id for line in dispatch.lines}:
            notes[line_id].append(note)
    return notes
