"""Promises as JSON, and the form of one."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from core.schemas import Schema


class PromiseForm(Schema):
    """The form of a promise; its settings are read by its kind."""

    name = fields.String(load_default="")
    version = fields.Integer(load_default=None)


class NewPromiseSchema(Schema):
    """A promise to be made."""

    kind = fields.String(required=True)
    name = fields.String(required=True)
    settings = fields.Dict(keys=fields.String(), load_default=dict)


class PromiseChangeSchema(Schema):
    """What of a promise is to be changed: what is not given stays."""

    name = fields.String()
    settings = fields.Dict(keys=fields.String())
    version = fields.Integer(metadata={"description": "As it was read; refuses a stale change."})


class PromiseSchema(Schema):
    """A promise."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    settings = fields.Dict(required=True)
    active = fields.Boolean(required=True)
    since = fields.Date(required=True, allow_none=True)
    kept_to = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class PromisesSchema(Schema):
    """All promises of modules that are on: there are few."""

    items = fields.List(fields.Nested(PromiseSchema), required=True)


class TrialArgs(Schema):
    """How far back."""

    days = fields.Integer(
        load_default=30,
        validate=validate.Range(1, 366, error=_l("Enter a number from 1 to 366.")),
    )


class ExampleSchema(Schema):
    """One task that would have been made."""

    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True)
    due_on = fields.Date(required=True)
    title = fields.String(required=True)
    reason = fields.String(required=True)


class TrialSchema(Schema):
    """What a promise would have asked for."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)
    tasks = fields.Integer(required=True)
    customers = fields.Integer(required=True)
    examples = fields.List(fields.Nested(ExampleSchema), required=True)
