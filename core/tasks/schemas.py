"""What is entered for a task."""

from marshmallow import fields

from core.schemas import Schema


class FinishForm(Schema):
    """What came of it."""

    note = fields.String(load_default="")


class PostponeForm(Schema):
    """Until when."""

    due_on = fields.Date(required=True)
    note = fields.String(load_default="")


class HandOverForm(Schema):
    """To whom; nobody means back to the department."""

    owner_id = fields.UUID(load_default=None)
    note = fields.String(load_default="")
