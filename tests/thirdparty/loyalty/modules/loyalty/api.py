"""REST of loyalty."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api import idempotent
from core.people import requires
from modules.loyalty import queries, services
from modules.loyalty.schemas import PointsSchema, RedemptionSchema, SaleSchema, VoucherSchema

blp = Blueprint(
    "loyalty-api", __name__, url_prefix="/api/v1/loyalty", description="Points and vouchers."
)


@blp.get("/points/<uuid:customer_id>")
@requires("loyalty.reward")
@blp.response(200, PointsSchema)
def points(customer_id: UUID) -> dict[str, Any]:
    """Return how many points a customer has."""
    return {"points": queries.points_of(customer_id)}


@blp.post("/vouchers")
@requires("loyalty.reward")
@idempotent
@blp.arguments(VoucherSchema)
@blp.response(201, SaleSchema)
def sell_voucher(args: dict[str, Any]) -> dict[str, Any]:
    """Sell a voucher."""
    return {"number": services.sell_voucher(**args)}


@blp.post("/redemptions")
@requires("loyalty.reward")
@blp.arguments(RedemptionSchema)
@blp.response(204)
def redeem(args: dict[str, Any]) -> None:
    """Exchange points for something."""
    services.redeem_points(**args)
