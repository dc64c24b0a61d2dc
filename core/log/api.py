"""REST: what happened, and who was told."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from marshmallow import fields, validate

import bus
from core.api.paging import PageArgs, answer, page_schema
from core.deals.queries import deal_id
from core.log import services
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


class SubscriberSchema(Schema):
    """How one subscriber stands."""

    subscriber = fields.String(required=True)
    module = fields.String(required=True)
    state = fields.String(required=True)
    paused = fields.Boolean(required=True)
    open = fields.Integer(required=True)
    dead = fields.Integer(required=True)
    blocked = fields.Integer(
        required=True, metadata={"description": "Open deliveries behind a dead letter."}
    )
    lag = fields.Float(
        required=True, metadata={"description": "Seconds for which the oldest has waited."}
    )
    rate = fields.Float(required=True, metadata={"description": "Deliveries done in a minute."})


class SubscribersSchema(Schema):
    """How everybody stands."""

    items = fields.List(fields.Nested(SubscriberSchema), required=True)


class DeadLetterArgs(Schema):
    """Which dead letter."""

    subscriber = fields.String(required=True)
    event_id = fields.UUID(required=True)


class SkipArgs(DeadLetterArgs):
    """Which dead letter, and why it is given up."""

    reason = fields.String(required=True)


class PauseArgs(Schema):
    """Why nothing is delivered for now."""

    reason = fields.String(required=True)


class ResumeArgs(Schema):
    """Why it goes on, if there is something to say."""

    reason = fields.String(load_default="")


class RetryAllArgs(Schema):
    """Which dead letters."""

    subscriber = fields.String(required=True)
    error_class = fields.String(required=True)


class CountSchema(Schema):
    """How many."""

    count = fields.Integer(required=True)


class ActSchema(Schema):
    """What somebody did to the bus."""

    id = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, attribute="who")
    what = fields.String(required=True)
    subscriber = fields.String(required=True)
    type = fields.String(required=True, allow_none=True)
    why = fields.String(required=True)


EventPage: Any = page_schema(EventSchema)
DeliveryPage: Any = page_schema(DeliverySchema)
ActPage: Any = page_schema(ActSchema)


class EventsArgs(PageArgs):
    """Which events."""

    order = fields.String(load_default=None)
    type = fields.String(
        load_default=None, metadata={"description": "Of this type, or stating this fact."}
    )


class DeliveriesArgs(PageArgs):
    """Which deliveries."""

    state = fields.String(
        load_default=None,
        validate=validate.OneOf(STATES, error=_l("Choose one of: {choices}.")),
    )


@blp.get("/events")
@blp.arguments(EventsArgs(), location="query")
@blp.response(200, EventPage)
@requires("core.administer")
def events(args: dict[str, Any]) -> dict[str, Any]:
    """List events, newest first."""
    about = deal_id(args["order"]) if args["order"] else None
    before = decode(args["after"], "int")[0] if args["after"] else None
    rows = bus.events(aggregate_id=about, kind=args["type"], before=before, limit=args["limit"] + 1)
    return answer(_page(rows, args["limit"], lambda row: (row.pos,)))


@blp.get("/deliveries")
@blp.arguments(DeliveriesArgs(), location="query")
@blp.response(200, DeliveryPage)
@requires("core.administer")
def deliveries(args: dict[str, Any]) -> dict[str, Any]:
    """List deliveries, newest first."""
    before = tuple(decode(args["after"], "int", "str")) if args["after"] else None
    rows = bus.deliveries(state=args["state"], before=before, limit=args["limit"] + 1)
    return answer(_page(rows, args["limit"], lambda row: (row.pos, row.subscriber)))


@blp.post("/deliveries/retry")
@blp.arguments(DeadLetterArgs())
@blp.response(200, CountSchema)
@requires("core.administer")
def retry(args: dict[str, Any]) -> dict[str, int]:
    """Try one dead letter anew."""
    services.retry(args["subscriber"], args["event_id"])
    return {"count": 1}


@blp.post("/deliveries/retry-all")
@blp.arguments(RetryAllArgs())
@blp.response(200, CountSchema)
@requires("core.administer")
def retry_all(args: dict[str, Any]) -> dict[str, int]:
    """Try anew all dead letters of one error."""
    return {"count": services.retry_all(args["subscriber"], args["error_class"])}


@blp.post("/deliveries/skip")
@blp.arguments(SkipArgs())
@blp.response(200, CountSchema)
@requires("core.administer")
def skip(args: dict[str, Any]) -> dict[str, int]:
    """Give one dead letter up for good; what waits behind it goes on."""
    services.skip(args["subscriber"], args["event_id"], args["reason"])
    return {"count": 1}


@blp.get("/subscribers")
@blp.response(200, SubscribersSchema)
@requires("core.administer")
def subscribers() -> dict[str, Any]:
    """Tell how every subscriber stands."""
    return {"items": bus.loads()}


@blp.post("/subscribers/<name>/pause")
@blp.arguments(PauseArgs())
@blp.response(200, SubscriberSchema)
@requires("core.administer")
def pause(args: dict[str, Any], name: str) -> bus.Load:
    """Make no deliveries to a subscriber for now."""
    services.pause(name, args["reason"])
    return _load(name)


@blp.post("/subscribers/<name>/resume")
@blp.arguments(ResumeArgs())
@blp.response(200, SubscriberSchema)
@requires("core.administer")
def resume(args: dict[str, Any], name: str) -> bus.Load:
    """Go on with a subscriber that was paused."""
    services.resume(name, args["reason"])
    return _load(name)


@blp.get("/acts")
@blp.arguments(PageArgs(), location="query")
@blp.response(200, ActPage)
@requires("core.administer")
def acts(args: dict[str, Any]) -> dict[str, Any]:
    """List what people did to the bus, newest first."""
    before = decode(args["after"], "int")[0] if args["after"] else None
    rows = bus.acts(before=before, limit=args["limit"] + 1)
    return answer(_page(rows, args["limit"], lambda row: (row.id,)))


def _page(rows: list[Any], limit: int, key: Callable[[Any], tuple[object, ...]]) -> Page[Any]:
    more = len(rows) > limit
    return Page(rows[:limit], encode(*key(rows[limit - 1])) if more else None)


def _load(name: str) -> bus.Load:
    return next(load for load in bus.loads() if load.subscriber == name)
