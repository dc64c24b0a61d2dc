"""Send goods off."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.clock import today
from core.deals.facts import GoodsLine
from core.deals.locking import lock
from core.deals.picture import Line, Picture
from core.errors import Forbidden, InvalidInput
from core.money import format_quantity
from core.numbers import next_number
from core.people.identity import may
from core.text import tidy, tidy_lines
from modules.warehouse.errors import (
    AlreadyShipped,
    LineCancelled,
)
from modules.warehouse.events import GoodsShipped
from modules.warehouse.models import (
    OPEN,
    WITH_CUSTOMER,
    Dispatch,
    DispatchLine,
    Shipment,
)
from modules.warehouse.models.plain import DISPATCHED, DISPATCHES
from modules.warehouse.queries.gate import holds
from modules.warehouse.queries.shipments import has_left, shipment
from modules.warehouse.services.serials import hold_pieces
from modules.warehouse.services.signing import signed
from modules.warehouse.services.stock import Movement, post
from modules.warehouse.services.taking import Taken, Wanted, take


def ship(
    shipment_id: UUID,
    lines: Sequence[Wanted] | None = None,
    *,
    override_reason: str = "",
    carrier: str = "",
    tracking: str = "",
) -> Dispatch:
    """Send a shipment off, whole or in part; the rest becomes a new open shipment.

    Raises:
        AlreadyShipped, LineCancelled: when less is still to be shipped.
        DepositDue, ShippingHeld: when something holds it and nobody released it.
        StockShort: when there is not enough in stock.
        InvalidInput: naming every field that must be corrected.
    """
    leaving = shipment(shipment_id)
    picture = lock([leaving.deal_id])[leaving.deal_id]
    if leaving.state != OPEN or has_left(shipment_id):
        raise AlreadyShipped
    wanted = _everything(leaving) if lines is None else [_tidied(line) for line in lines]
    _check(wanted, picture)
    held_by = _pass_gate(picture, tidy(override_reason))
    skus = {line.line_id: line.sku for line in picture.lines}
    taken = take(wanted, {one.line_id: skus[one.line_id] for one in wanted})
    dispatch = DISPATCHES.new(
        shipment_id=shipment_id,
        deal_id=picture.deal_id,
        order_number=picture.number,
        document=next_number("DN"),
        carrier=tidy(carrier),
        tracking=tidy(tracking),
        override_reason=tidy_lines(override_reason) if held_by else None,
        held_by=held_by,
        **signed(),
    )
    dispatch.lines = _lines(shipment_id, taken)
    DISPATCHES.write([dispatch])
    _move(dispatch)
    publish(_shipped(dispatch, picture))
    return dispatch


def _everything(leaving: Shipment) -> list[Wanted]:
    return [Wanted(line_id=line.line_id, quantity=line.quantity) for line in leaving.lines]


def _tidied(line: Wanted) -> Wanted:
    return replace(
        line,
        lot=tidy(line.lot or "") or None,
        location=tidy(line.location or "") or None,
        serials=tuple(text for each in line.serials if (text := tidy(each))),
    )


def _check(wanted: Sequence[Wanted], picture: Picture) -> None:
    """Refuse what was not sold, has left already or was cancelled."""
    if not wanted:
        raise InvalidInput({"lines": _("Choose at least one line to ship.")})
    lines = {line.line_id: line for line in picture.lines}
    sums: dict[UUID, Decimal] = {}
    errors: dict[str, str] = {}
    for place, one in enumerate(wanted):
        sums[one.line_id] = sums.get(one.line_id, Decimal(0)) + one.quantity
        wrong = _wrong(one, lines.get(one.line_id), sums[one.line_id])
        errors |= {f"lines.{place}.{name}": text for name, text in wrong.items()}
    if errors:
        raise InvalidInput(errors)
    for line_id, quantity in sums.items():
        line = lines[line_id]
        if quantity > line.to_ship:
            cancelled = quantity <= line.ordered - line.shipped
            raise (LineCancelled if cancelled else AlreadyShipped)(line_id=str(line_id))


def _wrong(one: Wanted, line: Line | None, so_far: Decimal) -> dict[str, str]:
    if line is None:
        return {"line_id": _("This line does not belong to the order.")}
    if one.quantity <= 0:
        return {"quantity": _("Enter a number above zero.")}
    if so_far > line.ordered:
        most = format_quantity(line.to_ship)
        return {"quantity": _("Enter at most %(quantity)s.", quantity=most)}
    return {}


def _pass_gate(picture: Picture, reason: str) -> str:
    """Return what held the goods and was set aside with a reason; nothing when nothing did."""
    found = holds(picture)
    if not found:
        return ""
    if not reason:
        raise found[0]
    if not may("warehouse.release"):
        raise Forbidden(permission="warehouse.release")
    return " ".join(sorted({error.code for error in found}))


def _lines(shipment_id: UUID, taken: Iterable[Taken]) -> list[DispatchLine]:
    return [
        DISPATCHED.rows.like(
            shipment_id=shipment_id,
            position=place,
            line_id=one.line_id,
            sku=one.pick.sku,
            location=one.pick.location,
            lot=one.pick.lot,
            expires_on=one.pick.expires_on,
            quantity=one.pick.quantity,
            serials=list(one.serials),
        )
        for place, one in enumerate(taken, start=1)
    ]


def _move(dispatch: Dispatch) -> None:
    movements: list[Movement] = []
    for line in dispatch.lines:
        whole = Movement(
            sku=line.sku,
            quantity=-line.quantity,
            location=line.location,
            lot=line.lot,
            expires_on=line.expires_on,
        )
        pieces = [replace(whole, quantity=Decimal(-1), serial=each) for each in line.serials]
        movements += pieces or [whole]
        for piece in hold_pieces((line.sku, each) for each in line.serials).values():
            piece.state = WITH_CUSTOMER
            piece.shipment_id, piece.deal_id = dispatch.shipment_id, dispatch.deal_id
            piece.line_id, piece.order_number = line.line_id, dispatch.order_number
    post(
        movements,
        reason="shipped",
        document=dispatch.document,
        order_number=dispatch.order_number,
    )


def _shipped(dispatch: Dispatch, picture: Picture) -> GoodsShipped:
    return GoodsShipped(
        deal_id=picture.deal_id,
        number=picture.number,
        customer_id=picture.customer_id,
        customer_name=picture.customer,
        currency=picture.currency,
        happened_on=today(),
        document=dispatch.document,
        lines=tuple(
            GoodsLine(
                line_id=line.line_id,
                quantity=line.quantity,
                lot=line.lot or None,
                serials=tuple(line.serials),
            )
            for line in dispatch.lines
        ),
        shipment_id=dispatch.shipment_id,
        override_reason=dispatch.override_reason,
    )
