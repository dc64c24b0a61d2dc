"""What the warehouse tells the others: goods left, arrived, came back."""

from uuid import UUID

from bus import event
from core.deals.facts import Delivered, Returned, Shipped


@event("warehouse.goods_shipped")
class GoodsShipped(Shipped):
    """A shipment has left the house; `document` is its delivery note."""

    shipment_id: UUID
    #: Why it left although something held it.
    override_reason: str | None = None


@event("warehouse.goods_delivered")
class GoodsDelivered(Delivered):
    """A shipment has been handed over to the customer."""

    shipment_id: UUID


@event("warehouse.goods_returned")
class GoodsReturned(Returned):
    """The customer's goods came back and were put into stock or scrapped."""

    return_id: UUID
    restock: bool
    reason: str
    #: The shipment they came back from, when somebody said so.
    shipment_id: UUID | None = None
