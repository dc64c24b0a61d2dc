"""The owner's settings for programs."""

from typing import Any

from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.queries.limits import holders
from modules.service.queries.norms import step_times
from modules.service.schemas.rules import RulesSchema, SetRulesSchema
from modules.service.services.norms import set_limits, set_step_times


@blp.get("/rules")
@blp.response(200, RulesSchema)
@requires("service.work")
def show_rules() -> dict[str, Any]:
    """Show how long each step may take, and who may promise how much."""
    return {"minutes": step_times(), "limits": holders()}


@blp.patch("/rules")
@blp.arguments(SetRulesSchema())
@blp.response(200, RulesSchema)
@requires("service.set_rules")
def set_rules(args: dict[str, Any]) -> dict[str, Any]:
    """Set times of steps and limits; what is not named stays."""
    now = step_times()
    set_step_times({grade: {**now.get(grade, {}), **new} for grade, new in args["minutes"].items()})
    set_limits(args["limits"])
    return {"minutes": step_times(), "limits": holders()}
