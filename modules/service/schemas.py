"""Complaints and follow-ups as JSON and as forms."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validate, validates_schema

from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from modules.service.services.complaints import LONGEST_TEXT

HOLDS = ("none", "shipping", "collection")


class TaskSchema(Schema):
    """A call-back."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    order = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    state = fields.String(required=True, metadata={"enum": ["open", "done", "withdrawn"]})
    note = fields.String(required=True)


TaskPage: Any = page_schema(TaskSchema)


class TasksArgs(PageArgs):
    """Which call-backs."""

    customer = fields.UUID(load_default=None)
    order = fields.String(load_default=None)


class DoneSchema(Schema):
    """What came of a call."""

    note = fields.String(load_default="", validate=validate.Length(max=2000))


class PostponeSchema(Schema):
    """The new day."""

    due_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class ComplaintActSchema(Schema):
    """One thing done with a complaint."""

    act = fields.String(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)


class ComplaintSchema(Schema):
    """A complaint and what was done."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    order = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)
    holds = fields.String(required=True, metadata={"enum": list(HOLDS)})
    state = fields.String(required=True, metadata={"enum": ["open", "answered", "closed"]})
    opened_at = fields.AwareDateTime(required=True)
    opened_by = fields.String(required=True, allow_none=True)
    acts = fields.List(fields.Nested(ComplaintActSchema), required=True)


ComplaintPage: Any = page_schema(ComplaintSchema)


class ComplaintsArgs(PageArgs):
    """Which complaints."""

    customer = fields.UUID(load_default=None)
    order = fields.String(load_default=None)
    state = fields.String(
        load_default=None, validate=validate.OneOf(["open", "answered", "closed"])
    )


class NewComplaintSchema(Schema):
    """A complaint, about an order or only of a customer."""

    order = fields.String(load_default=None)
    customer_id = fields.UUID(load_default=None)
    text = fields.String(required=True, validate=validate.Length(1, LONGEST_TEXT))
    holds = fields.String(load_default="none", validate=validate.OneOf(HOLDS))

    @validates_schema
    def about_one(self, data: dict[str, Any], **_options: Any) -> None:
        """Either an order or a customer is named."""
        if not data.get("order") and not data.get("customer_id"):
            raise ValidationError(_("Name the order or the customer."), "order")


class AnswerSchema(Schema):
    """What the customer was told."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST_TEXT))


class CloseSchema(Schema):
    """A last word, if there is one."""

    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
