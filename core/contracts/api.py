"""REST: what the departments tell one another, for programs."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import INCLUDE, fields

from core.contracts.asyncapi import asyncapi
from core.people.identity import requires
from core.schemas import Schema

blp = Blueprint("asyncapi", __name__, url_prefix="/api/v1/asyncapi.json", description="The events.")


class AsyncApiSchema(Schema):
    """An AsyncAPI 3 document; asyncapi.com says what stands in it."""

    asyncapi = fields.String(required=True)
    info = fields.Dict(required=True)
    defaultContentType = fields.String(required=True)  # noqa: N815 - the standard's own name
    channels = fields.Dict(required=True)
    operations = fields.Dict(required=True)
    components = fields.Dict(required=True)

    class Meta:
        unknown = INCLUDE


@blp.get("")
@blp.response(200, AsyncApiSchema)
@requires("core.deals")
def document() -> dict[str, Any]:
    """Describe every event: what it says, who tells it, who listens."""
    return asyncapi()
