"""Segments as they are entered, and as JSON."""

from typing import Any

from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from core.segments.conditions import MATCHES


class ConditionSchema(Schema):
    """One condition: by what, what is asked, and the value."""

    field = fields.String(load_default="")
    op = fields.String(load_default="")
    value = fields.String(load_default="")


class SegmentForm(Schema):
    """A segment as it is entered."""

    name = fields.String(load_default="")
    match = fields.String(load_default="all", validate=validate.OneOf(MATCHES))
    conditions = fields.List(fields.Nested(ConditionSchema), load_default=list)
    version = fields.Integer(load_default=None, allow_none=True)


class SegmentTrialSchema(Schema):
    """A segment that is only tried."""

    match = fields.String(load_default="all", validate=validate.OneOf(MATCHES))
    conditions = fields.List(fields.Nested(ConditionSchema), required=True)


class SegmentSizeSchema(Schema):
    """How many customers fit."""

    count = fields.Integer(required=True)


class SegmentSchema(Schema):
    """A saved segment."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    match = fields.String(required=True, metadata={"enum": list(MATCHES)})
    conditions = fields.List(fields.Nested(ConditionSchema), required=True)
    version = fields.Integer(required=True)
    saved_at = fields.AwareDateTime(required=True)
    saved_by = fields.String(required=True, allow_none=True)


class SegmentsSchema(Schema):
    """All segments."""

    items = fields.List(fields.Nested(SegmentSchema), required=True)


class SegmentCustomerSchema(Schema):
    """A customer of a segment."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    grade = fields.String(required=True)
    area = fields.String(required=True)


SegmentCustomerPage: Any = page_schema(SegmentCustomerSchema)


class SegmentPageArgs(PageArgs):
    """Which page."""


class SegmentFieldSchema(Schema):
    """Something by which customers can be found."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    type = fields.String(required=True)
    ops = fields.List(fields.String(), required=True)
    options = fields.List(fields.String(), required=True)
    module = fields.String(required=True, metadata={"description": "Empty: the core."})
    available = fields.Boolean(required=True)


class SegmentFieldsSchema(Schema):
    """Everything by which customers can be found."""

    items = fields.List(fields.Nested(SegmentFieldSchema), required=True)
