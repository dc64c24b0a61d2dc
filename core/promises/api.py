"""REST: promises, and what they would have asked for."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_smorest import Blueprint

from core.people import requires
from core.promises import queries, services
from core.promises.models import Promise
from core.promises.schemas import (
    NewPromiseSchema,
    PromiseChangeSchema,
    PromiseSchema,
    PromisesSchema,
    TrialArgs,
    TrialSchema,
)
from core.promises.trial import try_out

blp = Blueprint(
    "promises-api",
    __name__,
    url_prefix="/api/v1/promises",
    description="Rules by which customers are remembered; each can be tried on past days.",
)


@blp.get("")
@blp.response(200, PromisesSchema)
@requires("core.promises")
def promises() -> dict[str, Any]:
    """List the promises of modules that are on."""
    return {"items": [one.row for one in queries.promises()]}


@blp.post("")
@blp.arguments(NewPromiseSchema())
@blp.response(201, PromiseSchema)
@requires("core.promises")
def make_promise(entered: dict[str, Any]) -> Promise:
    """Make a promise; it is off until it is switched on."""
    return services.make(entered["kind"], entered["name"], entered["settings"])


@blp.get("/<uuid:promise_id>")
@blp.response(200, PromiseSchema)
@requires("core.promises")
def promise(promise_id: UUID) -> Promise:
    """Return a promise."""
    return queries.promise(promise_id).row


@blp.patch("/<uuid:promise_id>")
@blp.arguments(PromiseChangeSchema())
@blp.response(200, PromiseSchema)
@requires("core.promises")
def change_promise(changes: dict[str, Any], promise_id: UUID) -> Promise:
    """Change what is given; settings that are not named stay."""
    one = queries.promise(promise_id)
    return services.change(
        promise_id,
        name=changes.get("name", one.row.name),
        settings={**one.row.settings, **changes.get("settings", {})},
        version=changes.get("version"),
    )


@blp.post("/<uuid:promise_id>/on")
@blp.response(200, PromiseSchema)
@requires("core.promises")
def switch_on(promise_id: UUID) -> Promise:
    """Keep it from today on."""
    return services.switch(queries.promise(promise_id).id, on=True)


@blp.post("/<uuid:promise_id>/off")
@blp.response(200, PromiseSchema)
@requires("core.promises")
def switch_off(promise_id: UUID) -> Promise:
    """Keep it no longer; the tasks that it has made stay."""
    return services.switch(queries.promise(promise_id).id, on=False)


@blp.get("/<uuid:promise_id>/trial")
@blp.arguments(TrialArgs(), location="query")
@blp.response(200, TrialSchema)
@requires("core.promises")
def try_promise(args: dict[str, Any], promise_id: UUID) -> dict[str, Any]:
    """Say what it would have asked for in the days before today; nothing is written."""
    one = queries.promise(promise_id)
    trial = try_out(one.kind, one.row.settings, args["days"])
    return {
        "first": trial.span.first,
        "last": trial.span.last,
        "tasks": trial.tasks,
        "customers": trial.customers,
        "examples": [
            {
                "customer_id": each.customer_id,
                "customer": name,
                "due_on": each.due_on,
                "title": _(each.title, **each.words),
                "reason": _(each.reason, **each.words) if each.reason else "",
            }
            for each, name in trial.examples
        ],
    }
