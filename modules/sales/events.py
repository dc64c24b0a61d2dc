"""What sales tells everybody."""

from dataclasses import dataclass
from uuid import UUID

from bus import event
from core.deals.facts import Cancelled, Credited, Delivered, Paid, Sold


@event("sales.order_placed")
class OrderPlaced(Sold):
    """A customer has placed an order."""

    quotation_number: str | None = None


@event("sales.order_changed")
class OrderChanged(Sold):
    """A customer wants more, other goods, another day or another plan of payments.

    What was taken away is told by an order_reduced in the same transaction.
    """


@event("sales.order_reduced")
class OrderReduced(Cancelled):
    """A part of an order that had not been shipped was called off."""

    reason: str


@event("sales.order_cancelled")
class OrderCancelled(Cancelled):
    """An order was called off before anything of it was shipped."""

    reason: str


@event("sales.past_sale")
class PastSale(Sold):
    """Settled history taken over from elsewhere: something was sold."""


@event("sales.past_delivery")
class PastDelivery(Delivered):
    """Settled history taken over from elsewhere: the goods were delivered."""


@event("sales.past_payment")
class PastPayment(Paid):
    """Settled history taken over from elsewhere: it was paid."""


@dataclass(frozen=True, kw_only=True)
class ReplacedLine:
    """A line whose goods are exchanged, and the line on which the new ones were entered."""

    line_id: UUID
    replacement_id: UUID


@event("sales.replacement_added")
class ReplacementAdded(Sold):
    """New goods for a customer who complained; the credit beside it makes them free of charge."""

    #: The promise that it keeps, and the complaint's number.
    compensation_id: UUID
    complaint: str
    replaces: tuple[ReplacedLine, ...]


@event("sales.replacement_credited")
class ReplacementCredited(Credited):
    """What the new goods cost is not to be paid: the old ones, paid before, come back for them."""

    compensation_id: UUID
