"""REST: calls that come in."""

from typing import Any

from flask_smorest import Blueprint

from core.calls import queries, services
from core.calls.models import Call
from core.calls.schemas import (
    CallsArgs,
    CallSchema,
    CallsPage,
    EndedSchema,
    IncomingCallSchema,
    TakeSchema,
    ToldSchema,
)
from core.calls.shown import ShownCall, shown
from core.people import requires

blp = Blueprint(
    "calls-api",
    __name__,
    url_prefix="/api/v1/calls",
    description="A telephone system tells who calls; her card opens on the screen of whoever is "
    "called. Give the system a login of its own with the role of a telephone system.",
)


@blp.get("")
@blp.arguments(CallsArgs(), location="query")
@blp.response(200, CallsPage)
@requires("core.edit_customers")
def calls(args: dict[str, Any]) -> dict[str, Any]:
    """List calls, newest first."""
    page = queries.calls(**args)
    return {"items": shown(page.items), "next": page.next}


@blp.post("")
@blp.arguments(IncomingCallSchema())
@blp.response(201, ToldSchema)
@requires("core.report_calls")
def receive_call(told: dict[str, Any]) -> Call:
    """Tell of an incoming call; with an id of your own it may be told again."""
    return services.receive(told["caller"], told["called"], told["id"])


@blp.post("/<call_id>/ended")
@blp.arguments(EndedSchema())
@blp.response(200, ToldSchema)
@requires("core.report_calls")
def end_call(told: dict[str, Any], call_id: str) -> Call:
    """Tell that a call is over, by its id or by yours; a missed one is to be called back."""
    return services.end(call_id, told["answered"])


@blp.post("/<call_id>/take")
@blp.arguments(TakeSchema())
@blp.response(200, CallSchema)
@requires("core.edit_customers")
def take_call(said: dict[str, Any], call_id: str) -> ShownCall:
    """Take a call, and say which customer it is where several have the number."""
    return shown([services.take(call_id, said["customer_id"])])[0]


@blp.post("/<call_id>/aside")
@blp.response(200, CallSchema)
@requires("core.edit_customers")
def put_call_aside(call_id: str) -> ShownCall:
    """Take a call off one's own screen."""
    return shown([services.put_aside(call_id)])[0]
