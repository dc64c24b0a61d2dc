"""GET a customer's timeline, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import fields

from core.api.paging import PageArgs, answer, page_schema
from core.customers.queries import customer
from core.schemas import Schema
from core.timeline.queries import Entry, timeline

blp = Blueprint(
    "timeline-api",
    __name__,
    url_prefix="/api/v1/customers",
    description="What happened with a customer, told by every department.",
)


class StoryEntrySchema(Schema):
    """One thing that happened."""

    event_id = fields.UUID(required=True)
    type = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    historical = fields.Boolean(required=True)
    by = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    url = fields.String(required=True)


_Page: Any = page_schema(StoryEntrySchema)


@blp.get("/<uuid:customer_id>/timeline")
@blp.arguments(PageArgs(), location="query")
@blp.response(200, _Page)
def story(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
    """List what happened with a customer, newest first, each with the event behind it."""
    return answer(timeline(customer(customer_id).id, **args), _shown)


def _shown(entry: Entry) -> dict[str, Any]:
    told = {"title": entry.told.title, "text": entry.told.text, "url": entry.told.url}
    return {**vars(entry), **told}
