"""Call off an order, or what of it has not been shipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.clock import today
from core.db import db
from core.deals.facts import CancelledLine
from core.deals.locking import lock
from core.deals.picture import Line, Picture
from core.deals.queries import deal_by_id
from core.errors import InvalidInput
from core.money import ZERO, quantity_text
from core.text import tidy_lines
from core.versions import claim
from modules.sales.errors import AlreadyShipped, OrderIsCancelled
from modules.sales.events import OrderCancelled, OrderReduced
from modules.sales.models import Order
from modules.sales.plan import plan_of
from modules.sales.services.records import (
    follow_deal,
    held_order,
    make_findable,
    noted,
)


@dataclass(frozen=True, kw_only=True)
class Unwanted:
    """So much of a line is not to be delivered any more."""

    line_id: UUID
    quantity: Decimal


def cancel_order(
    number: str,
    *,
    reason: str,
    lines: Sequence[Unwanted] | None = None,
    version: int | None = None,
) -> Order:
    """Call off these quantities or, without any, all that has not been shipped.

    Raises:
        OrderNotFound: when there is none.
        OrderIsCancelled: when it was called off before.
        AlreadyShipped: when less than that is still in the house.
        InvalidInput: when the reason is missing or a line is not one of the order's.
        EditedMeanwhile: when somebody changed it after that version.
    """
    order = held_order(number)
    if order.state == "cancelled":
        raise OrderIsCancelled(order=number)
    why = tidy_lines(reason)
    if not why:
        raise InvalidInput({"reason": _("Say why it is cancelled.")})
    if order.state == "quotation":
        _withdraw(order, lines, why, version)
    else:
        _call_off(order, lines, why, version)
    return order


def gone(line: Line, quantity: Decimal) -> CancelledLine:
    """Return a part of a line as called off, so that the rest stays worth what it was sold for."""
    rest = line.ordered - line.cancelled - quantity
    amount = line.amount - line.cancelled_amount - line.value(rest)
    return CancelledLine(line_id=line.line_id, quantity=quantity, amount=amount)


def refuse_shipped(line: Line) -> AlreadyShipped:
    """Return the error that says how much of a line may still be called off."""
    return AlreadyShipped(
        line_id=str(line.line_id), sku=line.sku, name=line.name, unit=line.unit,
        to_ship=quantity_text(line.to_ship), shipped=quantity_text(line.shipped),
    )  # fmt: skip


def reduction(picture: Picture, lines: Sequence[CancelledLine]) -> dict[str, Any]:
    """Return the fields that every event about a part called off has in common."""
    return {
        "deal_id": picture.deal_id,
        "number": picture.number,
        "customer_id": picture.customer_id,
        "customer_name": picture.customer,
        "currency": picture.currency,
        "happened_on": today(),
        "document": picture.number,
        "lines": tuple(lines),
    }


def _withdraw(
    order: Order, lines: Sequence[Unwanted] | None, why: str, version: int | None
) -> None:
    """Nobody but sales knows of a quotation yet."""
    if lines is not None:
        message = _("Change the quotation instead of cancelling a part of it.")
        raise InvalidInput({"lines": message})
    claim(order, version)
    order.state = "cancelled"
    noted(order, "cancelled", why)
    make_findable(order)


def _call_off(
    order: Order, lines: Sequence[Unwanted] | None, why: str, version: int | None
) -> None:
    picture = lock([order.id])[order.id]
    wanted = _unshipped(picture) if lines is None else _checked(picture, lines)
    claim(order, version)
    cancelled = [gone(line, quantity) for line, quantity in wanted]
    total = picture.ordered - picture.cancelled - sum((one.amount for one in cancelled), ZERO)
    left = {line.line_id: line.ordered - line.cancelled for line in picture.lines}
    for one in cancelled:
        left[one.line_id] -= one.quantity
    whole = not any(left.values())
    event = OrderCancelled if whole else OrderReduced
    plan = plan_of(order.deposit, total, order.dated_on, order.promised_on)
    publish(event(**reduction(picture, cancelled), dues=plan, reason=why))
    order.state = "cancelled" if whole else order.state
    follow_deal(order, deal_by_id(order.id))
    noted(order, "cancelled" if whole else "reduced", why)
    db.session.flush()


def _unshipped(picture: Picture) -> list[tuple[Line, Decimal]]:
    found = [(line, line.to_ship) for line in picture.lines if line.to_ship > 0]
    if not found:
        raise refuse_shipped(picture.lines[0])
    return found


def _checked(picture: Picture, lines: Sequence[Unwanted]) -> list[tuple[Line, Decimal]]:
    known = {line.line_id: line for line in picture.lines}
    found: list[tuple[Line, Decimal]] = []
    errors: dict[str, str] = {}
    if not lines:
        errors["lines"] = _("Enter at least one line, or leave them out to cancel everything.")
    for at, one in enumerate(lines):
        line = known.pop(one.line_id, None)
        if line is None:
            errors[f"lines.{at}.line_id"] = _("This line is not in the order, or is named twice.")
        elif one.quantity <= 0:
            errors[f"lines.{at}.quantity"] = _("Enter a quantity above zero.")
        elif one.quantity > line.to_ship:
            raise refuse_shipped(line)
        else:
            found.append((line, one.quantity))
    if errors:
        raise InvalidInput(errors)
    return found
