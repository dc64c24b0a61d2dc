"""The owner's settings as JSON and as a form."""

from marshmallow import fields, validate

from core.api.fields import MoneyField
from core.schemas import Schema
from modules.service.queries.causes import FILTERS


class HolderSchema(Schema):
    """A role or a person, and how much it may promise alone."""

    holder = fields.String(required=True)
    title = fields.String(required=True)
    amount = MoneyField(required=True, allow_none=True)


class RulesSchema(Schema):
    """How long each step may take, in minutes of the working calendar; and who may promise what."""

    minutes = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        required=True,
        metadata={"description": "By grade (A, B, C, safety) and step."},
    )
    limits = fields.List(fields.Nested(HolderSchema), required=True)


class SetRulesSchema(Schema):
    """What is to be different; what is not named stays."""

    minutes = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer(strict=True)),
        load_default={},
    )
    limits = fields.Dict(
        keys=fields.String(),
        values=MoneyField(allow_none=True),
        load_default={},
        metadata={"description": "By holder; null takes a person's own limit away."},
    )


class CausesArgs(Schema):
    """By what complaints are counted."""

    by = fields.String(load_default="cause", validate=validate.OneOf(tuple(FILTERS)))


class CauseCountSchema(Schema):
    """How many complaints one cause makes."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)
    #: Of all so far, in percent.
    running = fields.Float(required=True)
