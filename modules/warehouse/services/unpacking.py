"""Know goods again that come back: from which lot they are, and which pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from core.errors import InvalidInput
from modules.warehouse.models import WITH_CUSTOMER, Serial
from modules.warehouse.queries.outside import LotOutside, lots_outside
from modules.warehouse.services.serials import Piece, hold_pieces


@dataclass(frozen=True, kw_only=True)
class ComingBack:
    """A quantity of one line that the customer gives back."""

    line_id: UUID
    quantity: Decimal
    lot: str | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unpacked:
    """Goods of one line and one lot that came back."""

    line_id: UUID
    sku: str
    lot: str
    expires_on: date | None
    quantity: Decimal
    serials: tuple[str, ...] = ()


def unpack(lines: Sequence[ComingBack], skus: dict[UUID, str], deal_id: UUID) -> list[Unpacked]:
    """Find out which lots the goods belong to, as far as nobody said it.

    Raises:
        InvalidInput: when a piece or a lot did not leave with this deal.
    """
    outside = lots_outside(deal_id)
    held = hold_pieces((skus[one.line_id], each) for one in lines for each in one.serials)
    found: list[Unpacked] = []
    errors: dict[str, str] = {}
    for place, one in enumerate(lines):
        sku, lots = skus[one.line_id], outside.get(one.line_id, [])
        if problem := _piece_wrong(one, sku, held):
            errors[f"lines.{place}.serials"] = problem
        elif problem := _lot_wrong(one, lots):
            errors[f"lines.{place}.lot"] = problem
        elif one.serials:
            found += _by_number(one, sku, held, lots)
        else:
            found += _by_lot(one, sku, lots)
    if errors:
        raise InvalidInput(errors)
    return found


def _piece_wrong(one: ComingBack, sku: str, held: dict[Piece, Serial]) -> str:
    for serial in one.serials:
        row = held.get((sku, serial))
        # A piece that nobody received here left by somebody else's hands.
        if row is not None and (row.state != WITH_CUSTOMER or row.line_id != one.line_id):
            return _("Serial number %(serial)s was not shipped on this line.", serial=serial)
    return ""


def _lot_wrong(one: ComingBack, lots: Sequence[LotOutside]) -> str:
    if one.lot is None or one.serials or not lots:
        return ""
    if sum((heap.quantity for heap in lots if heap.lot == one.lot), Decimal(0)) < one.quantity:
        return _("The customer has less of lot %(lot)s. Check the label.", lot=one.lot)
    return ""


def _by_number(
    one: ComingBack, sku: str, held: dict[Piece, Serial], lots: Sequence[LotOutside]
) -> list[Unpacked]:
    expiry = {heap.lot: heap.expires_on for heap in lots}
    groups: dict[str, list[str]] = {}
    for serial in one.serials:
        row = held.get((sku, serial))
        groups.setdefault(row.lot if row else one.lot or "", []).append(serial)
    return [
        Unpacked(one.line_id, sku, lot, expiry.get(lot), Decimal(len(serials)), tuple(serials))
        for lot, serials in groups.items()
    ]


def _by_lot(one: ComingBack, sku: str, lots: Sequence[LotOutside]) -> list[Unpacked]:
    left, found = one.quantity, []
    for heap in lots:
        taken = min(heap.quantity, left) if one.lot in (None, heap.lot) else Decimal(0)
        if taken > 0:
            heap.quantity -= taken
            left -= taken
            found.append(Unpacked(one.line_id, sku, heap.lot, heap.expires_on, taken))
    if left > 0:
        # The rest left by somebody else's hands: it comes back under the lot on its label.
        found.append(Unpacked(one.line_id, sku, one.lot or "", None, left))
    return found
