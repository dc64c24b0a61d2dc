"""Messages as JSON and as forms."""

from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.messages.models import BECAME, CHANNELS, KINDS, STATES
from core.schemas import Schema

_NUMBER = validate.Length(max=40)


class MessageTextSchema(Schema):
    """A template's words in one language."""

    subject = fields.String(load_default="")
    body = fields.String(required=True)


class MessageTemplateSchema(Schema):
    """A template."""

    id = fields.UUID(dump_only=True, required=True)
    preset = fields.String(dump_only=True, required=True, allow_none=True)
    version = fields.Integer(dump_only=True, required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    texts = fields.Dict(
        keys=fields.String(), values=fields.Nested(MessageTextSchema), required=True
    )


class MessageTemplateChangeSchema(Schema):
    """What of a template is to be changed: what is not given stays."""

    name = fields.String()
    kind = fields.String(validate=validate.OneOf(KINDS))
    channel = fields.String(validate=validate.OneOf(CHANNELS))
    texts = fields.Dict(keys=fields.String(), values=fields.Nested(MessageTextSchema))
    version = fields.Integer(metadata={"description": "As it was read; refuses a stale change."})


class MessageTemplatesSchema(Schema):
    """All templates: there are few."""

    items = fields.List(fields.Nested(MessageTemplateSchema), required=True)


class MessageWordsSchema(Schema):
    """What to write to whom."""

    template = fields.String(
        required=True, metadata={"description": "Its id, or the name of its preset."}
    )
    customer_id = fields.UUID(required=True)
    words = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    about = fields.String(
        load_default=None, allow_none=True, metadata={"description": "The order's number."}
    )


class NewMessageSchema(MessageWordsSchema):
    """A message to be sent."""

    key = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=120),
        metadata={"description": "Asked for twice under one key, it is sent once."},
    )


class MessageManySchema(Schema):
    """A message to many."""

    template = fields.String(required=True)
    customer_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 5000))
    words = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    key = fields.String(required=True, validate=validate.Length(1, 120))


class MessageLeftOutSchema(Schema):
    """Who gets none, and why."""

    customer_id = fields.UUID(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class MessageOutcomeSchema(Schema):
    """What came of sending to many."""

    noted = fields.Integer(required=True)
    left_out = fields.List(fields.Nested(MessageLeftOutSchema), required=True)


class MessageDraftSchema(Schema):
    """A message as it would go out now."""

    recipient = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    empty = fields.List(fields.String(), required=True)
    refused = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it may not be sent."}
    )


class MessageActSchema(Schema):
    """One thing that became of a message."""

    act = fields.String(required=True)
    at = fields.DateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class MessageSchema(Schema):
    """A message."""

    id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    template = fields.String(required=True)
    kind = fields.String(required=True)
    channel = fields.String(required=True)
    recipient = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    about = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    not_before = fields.DateTime(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    created_by = fields.String(required=True, allow_none=True)


class MessageWithActsSchema(MessageSchema):
    """A message with all that became of it, newest first."""

    acts = fields.List(fields.Nested(MessageActSchema), required=True)


class MessagesArgs(PageArgs):
    """Which messages."""

    customer_id = fields.UUID(load_default=None)
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    channel = fields.String(load_default=None, validate=validate.OneOf(CHANNELS))


MessagesPage = page_schema(MessageSchema)


class MessageBecameSchema(Schema):
    """What became of a message, as a carrier or a person knows."""

    became = fields.String(required=True, validate=validate.OneOf(BECAME))
    text = fields.String(load_default="")


class MessageAnswerSchema(Schema):
    """An answer to a text message, as the provider tells of it."""

    sender = fields.String(required=True, data_key="from", validate=_NUMBER)
    text = fields.String(required=True)


class MessageCountSchema(Schema):
    """How many."""

    customers = fields.Integer(required=True)


class MessageConsentSchema(Schema):
    """Whether a customer wants no advertising."""

    customer_id = fields.UUID(required=True)
    opted_out = fields.Boolean(required=True)


class MessageEmailSchema(Schema):
    """Where mails reach a customer."""

    customer_id = fields.UUID(required=True)
    email = fields.String(required=True)


class WriteForm(Schema):
    """The form in which somebody writes to a customer."""

    customer_id = fields.UUID(required=True)
    template = fields.String(load_default="")
    kind = fields.String(load_default="service", validate=validate.OneOf(KINDS))
    channel = fields.String(load_default="sms", validate=validate.OneOf(CHANNELS))
    about = fields.String(load_default=None)
    task_id = fields.UUID(load_default=None)
    subject = fields.String(load_default="")
    body = fields.String(load_default="")


class SettingsForm(Schema):
    """The form of the settings."""

    signature = fields.String(load_default="", validate=validate.Length(max=20))
    ending = fields.String(load_default="", validate=validate.Length(max=40))
    refusals = fields.String(load_default="", validate=validate.Length(max=200))
    mail_from = fields.Email(load_default="")
    public_url = fields.URL(load_default="", require_tld=False, schemes={"http", "https"})
    opens = fields.Integer(required=True, validate=validate.Range(0, 23))
    closes = fields.Integer(required=True, validate=validate.Range(1, 24))
    gap = fields.Integer(required=True, validate=validate.Range(1, 365))
    version = fields.Integer(load_default=None)


class TemplateForm(Schema):
    """The form of a template; its texts are read by language."""

    name = fields.String(load_default="")
    kind = fields.String(load_default="")
    channel = fields.String(load_default="")
    version = fields.Integer(load_default=None)
