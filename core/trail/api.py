"""The trail, for programs."""

from typing import Any

from flask_smorest import Blueprint

from core.api.paging import answer
from core.people import requires
from core.trail.queries import Asked, Step, trail
from core.trail.schemas import TrailArgs, TrailPage

blp = Blueprint(
    "trail-api",
    __name__,
    url_prefix="/api/v1/trail",
    description="Who opened which customer's card, looked at an ID number, or took a list out.",
)


@blp.get("")
@blp.arguments(TrailArgs(), location="query")
@blp.response(200, TrailPage)
@requires("core.trail")
def steps(args: dict[str, Any]) -> dict[str, Any]:
    """List who looked at what, newest first."""
    limit, after = args.pop("limit"), args.pop("after")
    return answer(trail(Asked(**args), limit, after), _shown)


def _shown(step: Step) -> dict[str, Any]:
    stored = {name: getattr(step.row, name) for name in ("id", "at", "person_id", "what", "detail")}
    card = step.customer
    return {
        **stored,
        "person": step.person,
        "customer_id": card.id if card else step.row.customer_id,
        "customer": card.name if card else "",
    }
