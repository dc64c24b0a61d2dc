"""What is entered for a task, and tasks as JSON."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import MoneyField
from core.api.paging import PageArgs, page_schema
from core.clock import today
from core.schemas import Schema
from core.tasks.board import BY
from core.tasks.models import DONE, GATHERED, OPEN, WITHDRAWN
from core.tasks.scopes import SCOPES, WHOSE

#: In days from today: how far tasks are postponed most often.
STEPS = (1, 3, 7, 30)
#: "Do not try again": the task is done, although nobody was reached.
NEVER = 0


class FinishForm(Schema):
    """What came of it; and when nobody was reached, in how many days somebody tries again."""

    note = fields.String(load_default="")
    outcome = fields.String(load_default="")
    again = fields.Integer(load_default=NEVER, validate=validate.OneOf((NEVER, *STEPS)))


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

    owner_id = fields.UUID(load_default=None, allow_none=True)
    note = fields.String(load_default="")


class SeveralArgs(Schema):
    """Several tasks at once."""

    tasks = fields.List(fields.UUID(), required=True)


class HandOverSeveralArgs(HandOverForm):
    """Several tasks and their new owner; nobody means back to the department."""

    tasks = fields.List(fields.UUID(), required=True)


class FinishArgs(Schema):
    """What came of it."""

    note = fields.String(load_default="")
    outcome = fields.String(
        load_default="", metadata={"description": "One of the outcomes that the kind declares."}
    )


class PostponeArgs(Schema):
    """The new day, and what came of a first try."""

    due_on = fields.Date(required=True)
    note = fields.String(load_default="")
    outcome = fields.String(load_default="")


class InboxArgs(PageArgs):
    """Which part of the inbox."""

    scope = fields.String(load_default="today", validate=validate.OneOf(SCOPES))
    q = fields.String(load_default="", metadata={"description": "Customer, phone, order number."})


class TripArgs(PageArgs):
    """Which area; empty for customers whose area nobody knows."""

    area = fields.String(load_default="")


class BoardArgs(Schema):
    """How the board is ordered, and whose tasks stand on it."""

    by = fields.String(load_default="day", validate=validate.OneOf(BY))
    whose = fields.String(load_default="me", validate=validate.OneOf(WHOSE))


class CalendarArgs(Schema):
    """Which days, and whose tasks."""

    view = fields.String(load_default="month", validate=validate.OneOf(("month", "week")))
    day = fields.Date(
        load_default=None, metadata={"description": "A day of the month or week; preset today."}
    )
    whose = fields.String(load_default="me", validate=validate.OneOf(WHOSE))


class OutcomeShown(Schema):
    """What can come of a task."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class InboxTaskSchema(Schema):
    """A task of the inbox, in the reader's language."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    reason = fields.String(required=True)
    say = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    customer = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True)
    area = fields.String(required=True)
    address = fields.String(required=True)
    grade = fields.String(required=True)
    order = fields.String(required=True, allow_none=True)
    orders = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "All orders about which it is to be done at once."},
    )
    amount = MoneyField(required=True, allow_none=True)
    currency = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    rank_on = fields.Date(
        required=True, metadata={"description": "Its place: due, less importance in days."}
    )
    days_late = fields.Integer(required=True)
    escalated_on = fields.Date(required=True, allow_none=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    owner = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": [OPEN, GATHERED, DONE, WITHDRAWN]})
    outcome = fields.String(required=True)
    note = fields.String(required=True)
    outcomes = fields.List(fields.Nested(OutcomeShown), required=True)


InboxTaskPage: Any = page_schema(InboxTaskSchema)


class AreaSchema(Schema):
    """An area with how many tasks are to be done there."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)


class AreasSchema(Schema):
    """Areas, the fullest first."""

    items = fields.List(fields.Nested(AreaSchema), required=True)


class ColumnSchema(Schema):
    """A column of the board."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(InboxTaskSchema), required=True)


class BoardSchema(Schema):
    """The board."""

    columns = fields.List(fields.Nested(ColumnSchema), required=True)


class DaySchema(Schema):
    """A day of the calendar."""

    day = fields.Date(required=True)
    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(InboxTaskSchema), required=True)


class CalendarSchema(Schema):
    """The days of a month's weeks, or of one week."""

    days = fields.List(fields.Nested(DaySchema), required=True)


class TaskCountSchema(Schema):
    """How many tasks it concerned."""

    count = fields.Integer(required=True)
