"""REST of loyalty."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.idempotency import idempotent
from core.people import requires
from modules.loyalty import queries, services
from modules.loyalty.schemas import PointsSchema, RedemptionSchema, SaleSchema, VoucherSchema

blp = Blueprint(
    "loyalty-api", __name__, url_prefix="/api/v1/loyalty", description="Points and vouchers."
)


@blp.get("/points/<uuid:customer_id>")
@blp.response(200, PointsSchema)
@requires("loyalty.reward")
def points(customer_id: UUID) -> dict[str, Any]:
    """Return how many points a customer has."""
    return {"points": queries.points_of(customer_id)}


@blp.post("/vouchers")
@blp.arguments(VoucherSchema)
@blp.response(201, SaleSchema)
@requires("loyalty.reward")
@idempotent
def sell_voucher(args: dict[str, Any]) -> dict[str, Any]:
    """Sell a voucher."""
    return {"number": services.sell_voucher(**args)}


@blp.post("/redemptions")
@blp.arguments(RedemptionSchema)
@blp.response(204)
@requires("loyalty.reward")
def redeem(args: dict[str, Any]) -> None:
    """Exchange points for something."""
    services.redeem_points(**args)
