"""Call-backs as JSON."""

from typing import Any

from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from core.tasks.models import DONE, GATHERED, OPEN, WITHDRAWN


class TaskSchema(Schema):
    """A call-back."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    order = fields.String(required=True, allow_none=True)
    orders = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "All orders about which she is called at once."},
    )
    due_on = fields.Date(required=True)
    state = fields.String(required=True, metadata={"enum": [OPEN, GATHERED, DONE, WITHDRAWN]})
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
