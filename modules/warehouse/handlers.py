"""What the warehouse listens to: whoever sells, calls off or moves goods, or promises to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from flask_babel import lazy_gettext as _l

from bus import delivery_context, reading, subscribe
from core.deals.facts import Cancelled, Delivered, Returned, Shipped, Sold
from core.tasks.kinds import TaskKind, task_kind
from modules.warehouse.events import GoodsDelivered, GoodsReturned, GoodsShipped
from modules.warehouse.services import expected, shipments
from modules.warehouse.tasks import EXPECTED

_OURS = "warehouse."


def _is_ours() -> bool:
    """Whether the warehouse stated these facts itself and has a handler that knows more of them.

    The events of a batch are all of one type.
    """
    context = delivery_context()
    return context is not None and context.envelopes[0].type.startswith(_OURS)


@subscribe(batch=True, historical=False)
def open_shipments(sales: list[Sold]) -> None:
    """What was sold is to leave the house, whoever sold it."""
    shipments.open_or_add(sales)


@subscribe(batch=True, historical=False)
def reduce_shipments(cancellations: list[Cancelled]) -> None:
    """What was called off does not leave."""
    shipments.call_off(cancellations)


@subscribe(batch=True, historical=False)
def close_shipments(dispatches: list[GoodsShipped]) -> None:
    """The shipment is on its way; what is left of it waits in a new one."""
    shipments.send_off(dispatches)


@subscribe(batch=True, historical=False)
def note_shipped_elsewhere(dispatches: list[Shipped]) -> None:
    """What another department or a till handed out need not leave once more."""
    if not _is_ours():
        shipments.send_off_elsewhere(dispatches)


@subscribe(batch=True, historical=False)
def finish_shipments(deliveries: list[GoodsDelivered]) -> None:
    """The customer has it."""
    shipments.finish(deliveries)


@subscribe(batch=True, historical=False)
def note_delivered_elsewhere(deliveries: list[Delivered]) -> None:
    """Somebody else knows that the customer has it."""
    if not _is_ours():
        shipments.finish_elsewhere(deliveries)


@subscribe(batch=True, historical=False)
def note_returns(returns: list[GoodsReturned]) -> None:
    """What came back is not on its way any more."""
    shipments.take_back(returns)


@subscribe(batch=True, historical=False)
def note_returns_elsewhere(returns: list[Returned]) -> None:
    """Goods given back to somebody else."""
    if not _is_ours():
        shipments.take_back(returns)


@dataclass(frozen=True, kw_only=True)
class PromisedGoods:
    """Goods that a customer is to give back."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    quantity: Decimal


@reading("service.compensation_agreed")
class Promised:
    """What the warehouse needs to know of what a customer who complained was promised."""

    compensation_id: UUID
    complaint: str
    deal_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    kind: str
    reason: str
    agreed_on: date
    lines: tuple[PromisedGoods, ...]


task_kind(TaskKind(EXPECTED, _l("Goods to come back"), "warehouse.work", "warehouse", "box-seam"))


@subscribe(historical=False)
def expect_goods(told: Promised) -> None:
    """Goods that are exchanged or returned are to come back."""
    if told.kind not in ("exchange", "return"):
        return
    about = expected.About(
        id=told.compensation_id,
        complaint=told.complaint,
        deal_id=told.deal_id,
        number=told.number,
        customer_id=told.customer_id,
        customer_name=told.customer_name,
        kind=told.kind,
        reason=told.reason,
        promised_on=told.agreed_on,
    )
    goods = [
        expected.Goods(line.line_id, line.sku, line.name, line.unit, line.quantity)
        for line in told.lines
    ]
    expected.expect(about, goods)


@subscribe(historical=False)
def note_expected_came(back: Returned) -> None:
    """Goods that were expected are here."""
    expected.came(back)


@subscribe(historical=False, acts=True)
def ask_to_take_back(told: Promised) -> None:
    """Somebody has to fetch or take them."""
    if told.kind in ("exchange", "return"):
        expected.ask(told.compensation_id)


@subscribe(historical=False, acts=True)
def stop_asking(back: Returned) -> None:
    """What is here need not be fetched."""
    expected.stop_asking(back.deal_id)
