"""Mailings as they are asked for, and as JSON."""

from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.mailings.labels import REASONS, STATES
from core.schemas import Schema


class MailingForm(Schema):
    """To whom, and what."""

    template = fields.String(load_default="")


class NewMailingSchema(Schema):
    """A mailing to be made; nobody is written to yet."""

    segment_id = fields.UUID(required=True)
    template = fields.String(
        required=True, metadata={"description": "Its id, or the name of its preset."}
    )
    key = fields.String(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "Asked for twice under one key, it is made once."},
    )


class MailingSchema(Schema):
    """A mailing, and how far it has come."""

    id = fields.UUID(required=True)
    segment_id = fields.UUID(required=True)
    segment = fields.String(required=True)
    template = fields.String(required=True)
    kind = fields.String(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    people = fields.Integer(required=True)
    made_at = fields.DateTime(required=True)
    made_by = fields.String(required=True)
    sent_at = fields.DateTime(required=True, allow_none=True)
    sent_by = fields.String(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)


class MailingShown(MailingSchema):
    """A mailing with its counts."""

    looked_at = fields.Integer(required=True)
    gets = fields.Integer(required=True)
    done = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    left_out = fields.Dict(
        keys=fields.String(metadata={"enum": list(REASONS)}),
        values=fields.Integer(),
        required=True,
    )


class MailingLeftOutSchema(Schema):
    """Who gets none, and why."""

    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class MailingLeftOutArgs(PageArgs):
    """Whom to list."""

    code = fields.String(load_default=None, validate=validate.OneOf(list(REASONS)))


MailingsPage = page_schema(MailingSchema)
MailingLeftOutPage = page_schema(MailingLeftOutSchema)
