"""GET deals: the shared picture, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.deals import queries
from core.deals.schemas import DealPage, DealsArgs, DealSchema

blp = Blueprint(
    "deals-api",
    __name__,
    url_prefix="/api/v1/deals",
    description="Who sold what to whom, what was shipped, what is owed.",
)


@blp.get("")
@blp.arguments(DealsArgs(), location="query")
@blp.response(200, DealPage)
def deals(args: dict[str, Any]) -> dict[str, Any]:
    """List deals, newest first."""
    customer: UUID | None = args.pop("customer")
    return answer(queries.deals(customer_id=customer, **args))


@blp.get("/<number>")
@blp.response(200, DealSchema)
def deal(number: str) -> dict[str, Any]:
    """Return one deal with everything that happened to it."""
    picture = queries.deal(number)
    entries = queries.entries(picture.deal_id)
    shown = {name: getattr(picture, name) for name in DealSchema().fields if name != "entries"}
    return {**shown, "entries": entries}
