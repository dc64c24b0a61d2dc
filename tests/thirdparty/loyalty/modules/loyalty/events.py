"""What loyalty tells the world."""

from uuid import UUID

from bus import Event, event
from core.deals.facts import Sold


@event("loyalty.voucher_sold")
class VoucherSold(Sold):
    """A customer has bought a voucher; a sale like any other, so finance collects it."""

    voucher_code: str


@event("loyalty.points_redeemed", aggregate="customer_id")
class PointsRedeemed(Event):
    """A customer has exchanged points for something."""

    customer_id: UUID
    points: int
    reason: str
