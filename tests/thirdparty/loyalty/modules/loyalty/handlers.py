"""What loyalty listens to."""

from decimal import Decimal
from uuid import UUID

from bus import reading, subscribe
from core.deals.facts import Paid, Refunded
from core.live.hints import hint
from modules.loyalty.events import PointsRedeemed
from modules.loyalty.services import count_points

#: One point for every full ten of the currency.
_PER_POINT = Decimal(10)
#: Whoever asked for a quotation first had more trouble than others.
_BONUS = 5


@reading("sales.order_placed")
class QuotedOrder:
    """What loyalty needs to know of an order of sales, without knowing sales."""

    customer_id: UUID
    quotation_number: str | None = None


@subscribe
def reward_payment(payment: Paid) -> None:
    """Every payment brings points, whoever took it."""
    _count(payment.customer_id, int(payment.amount // _PER_POINT))


@subscribe
def take_back(refund: Refunded) -> None:
    """Money given back takes its points along."""
    _count(refund.customer_id, -int(refund.amount // _PER_POINT))


@subscribe
def thank_for_quotation(order: QuotedOrder) -> None:
    """An order that came from a quotation brings a few points at once."""
    if order.quotation_number:
        _count(order.customer_id, _BONUS)


@subscribe
def deduct(redeemed: PointsRedeemed) -> None:
    """Points that were exchanged are gone."""
    _count(redeemed.customer_id, -redeemed.points)


def _count(customer_id: UUID, points: int) -> None:
    count_points(customer_id, points)
    hint("loyalty.points", str(customer_id))
