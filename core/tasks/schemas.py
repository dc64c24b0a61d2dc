"""What is entered for a task."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validate

from core.clock import today
from core.schemas import Schema

#: In days from today: how far tasks are postponed most often.
STEPS = (1, 3, 7, 30)


class FinishForm(Schema):
    """What came of it."""

    note = fields.String(load_default="")


class PostponeForm(Schema):
    """Until when: a day, or one of the steps that are offered."""

    days = fields.Integer(load_default=None, validate=validate.OneOf(STEPS))
    due_on = fields.Date(load_default=None)
    note = fields.String(load_default="")

    @post_load
    def day(self, entered: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Work out the day; one that was entered counts before a step."""
        due_on = entered["due_on"] or (entered["days"] and today() + timedelta(entered["days"]))
        if not due_on:
            raise ValidationError(_("Choose a day."), "due_on")
        return {"due_on": due_on, "note": entered["note"]}


class HandOverForm(Schema):
    """To whom; nobody means back to the department."""

    owner_id = fields.UUID(load_default=None)
    note = fields.String(load_default="")
