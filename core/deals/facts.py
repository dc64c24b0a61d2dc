"""What can happen to a deal. Any module's event may extend one of these facts.

Amounts and quantities are positive deltas. `amount` decides; `unit_price` is for show.
Prices include tax. An order that changes is Cancelled and/or Sold, in one transaction.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from bus import Event, event

DueKind = Literal["earnest", "prepayment", "instalment", "balance"]
Holds = Literal["shipping", "collection", "none"]


@dataclass(frozen=True, kw_only=True)
class SoldLine:
    """Goods or work that were sold."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    tax: Decimal


@dataclass(frozen=True, kw_only=True)
class CancelledLine:
    """A part of a line that will not be delivered after all."""

    line_id: UUID
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class GoodsLine:
    """Goods of one line that moved."""

    line_id: UUID
    quantity: Decimal
    lot: str | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Due:
    """An amount that the customer has agreed to pay at a time or before shipping.

    定金 (earnest) is a guarantee in law, 订金 (prepayment) is not: the kind is never guessed.
    """

    amount: Decimal
    on: date | None = None
    before_shipping: bool = False
    kind: DueKind


@dataclass(frozen=True, kw_only=True)
class Fact(Event):
    """What every fact says of its deal."""

    deal_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    currency: str
    happened_on: date
    #: Number of the paper behind it: order, receipt, delivery note …
    document: str = ""
    #: Imported history: figures and timeline count, nothing else follows.
    historical: bool = False


@event("deals.sold", aggregate="deal_id")
class Sold(Fact):
    """Goods or work were sold to a customer. `dues` is the whole plan as it stands now."""

    seller_id: UUID
    seller_name: str
    lines: tuple[SoldLine, ...]
    dues: tuple[Due, ...] = ()
    #: None says nothing of the promise: it stays as it was.
    promised_on: date | None = None
    #: What was promised before holds no longer, and no other day was named.
    promise_withdrawn: bool = False

    def promise_after(self, before: date | None) -> date | None:
        """The day that is promised from now on."""
        return None if self.promise_withdrawn else self.promised_on or before


@event("deals.cancelled", aggregate="deal_id")
class Cancelled(Fact):
    """What was sold, or a part of it, was called off. `dues` replaces the plan."""

    lines: tuple[CancelledLine, ...]
    dues: tuple[Due, ...] = ()


@event("deals.shipped", aggregate="deal_id")
class Shipped(Fact):
    """Goods have left the house."""

    lines: tuple[GoodsLine, ...]


@event("deals.delivered", aggregate="deal_id")
class Delivered(Fact):
    """Goods are in the customer's hands."""

    lines: tuple[GoodsLine, ...]


@event("deals.returned", aggregate="deal_id")
class Returned(Fact):
    """Goods came back from the customer."""

    lines: tuple[GoodsLine, ...]


@event("deals.invoiced", aggregate="deal_id")
class Invoiced(Fact):
    """An invoice was issued; a negative amount corrects one."""

    amount: Decimal


@event("deals.credited", aggregate="deal_id")
class Credited(Fact):
    """The customer owes less, for returned goods or as an allowance; never for cancelled goods."""

    amount: Decimal
    reason: str


@event("deals.paid", aggregate="deal_id")
class Paid(Fact):
    """Money was received for this deal; one payment over three deals is three facts."""

    payment_id: UUID
    amount: Decimal
    method: str


@event("deals.refunded", aggregate="deal_id")
class Refunded(Fact):
    """Money received for this deal was given back or became the customer's credit."""

    payment_id: UUID
    amount: Decimal
    method: str


@event("deals.written_off", aggregate="deal_id")
class WrittenOff(Fact):
    """The company gave up a part of what is owed."""

    amount: Decimal
    reason: str


@event("deals.concern_raised", aggregate="deal_id")
class ConcernRaised(Fact):
    """Something about this deal worries somebody; it may hold shipping or collection.

    Raised again under the same id, it says what it holds from now on, and is open again.
    """

    concern_id: UUID
    kind: str
    text: str
    holds: Holds = "none"


@event("deals.concern_settled", aggregate="deal_id")
class ConcernSettled(Fact):
    """The concern is answered; what it held is free again."""

    concern_id: UUID
