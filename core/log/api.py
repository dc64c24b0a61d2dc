"""REST: what happened, and who was told."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from marshmallow import fields, validate

import bus
from core.api.paging import PageArgs, answer, page_schema
from core.deals.queries import deal_id
from core.paging import Page, decode, encode
from core.people.identity import requires
from core.schemas import Schema

blp = Blueprint(
    "bus-api",
    __name__,
    url_prefix="/api/v1/bus",
    description="The log of events and their deliveries to the departments.",
)
STATES = ("open", "dead", "done", "skipped")


class EventSchema(Schema):
    """Something that happened."""

    id = fields.UUID(required=True)
    pos = fields.Integer(required=True)
    type = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    seq = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True, attribute="actor")
    payload = fields.Dict(required=True)


class DeliverySchema(Schema):
    """One subscriber's hearing of one event."""

    subscriber = fields.String(required=True)
    event_id = fields.UUID(required=True)
    type = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    attempts = fields.Integer(required=True)
    error = fields.String(required=True, allow_none=True)


EventPage: Any = page_schema(EventSchema)
DeliveryPage: Any = page_schema(DeliverySchema)


class EventsArgs(PageArgs):
    """Which events."""

    order = fields.String(load_default=None)


class DeliveriesArgs(PageArgs):
    """Which deliveries."""

    state = fields.String(
        load_default=None,
        validate=validate.OneOf(STATES, error=_l("Choose one of: {choices}.")),
    )


@blp.get("/events")
@blp.arguments(EventsArgs, location="query")
@blp.response(200, EventPage)
@requires("core.administer")
def events(args: dict[str, Any]) -> dict[str, Any]:
    """List events, newest first."""
    about = deal_id(args["order"]) if args["order"] else None
    before = decode(args["after"], "int")[0] if args["after"] else None
    rows = bus.events(aggregate_id=about, before=before, limit=args["limit"] + 1)
    return answer(_page(rows, args["limit"], lambda row: (row.pos,)))


@blp.get("/deliveries")
@blp.arguments(DeliveriesArgs, location="query")
@blp.response(200, DeliveryPage)
@requires("core.administer")
def deliveries(args: dict[str, Any]) -> dict[str, Any]:
    """List deliveries, newest first."""
    before = tuple(decode(args["after"], "int", "str")) if args["after"] else None
    rows = bus.deliveries(state=args["state"], before=before, limit=args["limit"] + 1)
    return answer(_page(rows, args["limit"], lambda row: (row.pos, row.subscriber)))


def _page(rows: list[Any], limit: int, key: Callable[[Any], tuple[object, ...]]) -> Page[Any]:
    more = len(rows) > limit
    return Page(rows[:limit], encode(*key(rows[limit - 1])) if more else None)
