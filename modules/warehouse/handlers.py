"""What the warehouse listens to: whoever sells, calls off or moves goods."""

from bus import delivery_context, subscribe
from core.deals.facts import Cancelled, Delivered, Returned, Shipped, Sold
from modules.warehouse.events import GoodsDelivered, GoodsReturned, GoodsShipped
from modules.warehouse.services import shipments

_OURS = "warehouse."


def _is_ours() -> bool:
    """Whether the warehouse stated the fact itself and has a handler that knows more of it."""
    context = delivery_context()
    return context is not None and context.type.startswith(_OURS)


@subscribe(batch=True, historical=False)
def open_shipments(sales: list[Sold]) -> None:
    """What was sold is to leave the house, whoever sold it."""
    shipments.open_or_add(sales)


@subscribe(historical=False)
def reduce_shipment(gone: Cancelled) -> None:
    """What was called off does not leave."""
    shipments.call_off(gone)


@subscribe(historical=False)
def close_shipment(sent: GoodsShipped) -> None:
    """The shipment is on its way; what is left of it waits in a new one."""
    shipments.send_off(sent)


@subscribe(historical=False)
def note_shipped_elsewhere(sent: Shipped) -> None:
    """What another department or a till handed out need not leave once more."""
    if not _is_ours():
        shipments.send_off_elsewhere(sent)


@subscribe(historical=False)
def finish_shipment(arrived: GoodsDelivered) -> None:
    """The customer has it."""
    shipments.finish(arrived)


@subscribe(historical=False)
def note_delivered_elsewhere(arrived: Delivered) -> None:
    """Somebody else knows that the customer has it."""
    if not _is_ours():
        shipments.finish_elsewhere(arrived)


@subscribe(historical=False)
def note_return(back: GoodsReturned) -> None:
    """What came back is not on its way any more."""
    shipments.take_back(back, back.shipment_id)


@subscribe(historical=False)
def note_return_elsewhere(back: Returned) -> None:
    """Goods given back to somebody else."""
    if not _is_ours():
        shipments.take_back(back, None)
