"""What of each lot customers have: to know goods again when they come back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

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
