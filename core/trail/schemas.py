"""The trail as it is asked for, and as JSON."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from core.trail.labels import WHAT


class TrailArgs(PageArgs):
    """Which part of the trail."""

    person_id = fields.UUID(load_default=None)
    what = fields.String(
        load_default="",
        validate=validate.OneOf(["", *WHAT], error=_l("Choose one from the list.")),
        metadata={"enum": ["", *WHAT]},
    )
    customer_id = fields.UUID(load_default=None)
    since = fields.Date(load_default=None, metadata={"description": "The first day."})
    until = fields.Date(load_default=None, metadata={"description": "The last day."})


class TrailStepSchema(Schema):
    """Who looked at what."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    person = fields.String(required=True)
    what = fields.String(required=True, metadata={"enum": list(WHAT)})
    customer_id = fields.UUID(required=True, allow_none=True)
    customer = fields.String(required=True)
    detail = fields.String(required=True)


TrailPage = page_schema(TrailStepSchema)
