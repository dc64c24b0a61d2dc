"""REST: see the modules and switch them."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import fields

from core.people.identity import current_person, requires
from core.registry import switchboard
from core.schemas import Schema

blp = Blueprint(
    "modules-api",
    __name__,
    url_prefix="/api/v1/modules",
    description="The departments' modules, on or off.",
)


class ModuleSchema(Schema):
    """A module and how it stands."""

    name = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["enabled", "disabled", "catching_up"]})
    waiting = fields.Integer(required=True, metadata={"description": "Events not yet taken in."})


class ModulesSchema(Schema):
    """Every installed module."""

    items = fields.List(fields.Nested(ModuleSchema), required=True)


@blp.get("")
@blp.response(200, ModulesSchema)
@requires("core.administer")
def modules() -> dict[str, Any]:
    """List the installed modules."""
    return {"items": switchboard.states()}


@blp.post("/<name>/enable")
@blp.response(200, ModuleSchema)
@requires("core.administer")
def enable(name: str) -> switchboard.State:
    """Switch a module on; it catches up with what it missed."""
    switchboard.enable(name, current_person().name)
    return switchboard.state(name)


@blp.post("/<name>/disable")
@blp.response(200, ModuleSchema)
@requires("core.administer")
def disable(name: str) -> switchboard.State:
    """Switch a module off; what happens meanwhile waits for it."""
    switchboard.disable(name, current_person().name)
    return switchboard.state(name)
