"""Calls as JSON."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from core.api.paging import PageArgs, page_schema
from core.schemas import Schema

_LONGEST = 120


class IncomingCallSchema(Schema):
    """A call as a telephone system tells of it."""

    caller = fields.String(
        required=True,
        allow_none=True,
        data_key="from",
        validate=validate.Length(max=_LONGEST),
        metadata={
            "description": 'The caller\'s number; null, empty or "anonymous" when withheld.',
            "example": "13800138000",
        },
    )
    called = fields.String(
        required=True,
        data_key="to",
        validate=validate.Length(max=_LONGEST),
        metadata={
            "description": "The number or extension called, as it stands with a person.",
            "example": "8012",
        },
    )
    id = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=_LONGEST),
        metadata={"description": "The system's own id of the call: told twice, it is one call."},
    )


class EndedSchema(Schema):
    """How a call ended."""

    answered = fields.Boolean(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "Whether somebody answered; left out, it counts whether somebody has "
            "taken the call on his screen."
        },
    )


class TakeSchema(Schema):
    """Who calls, where several cards have the number."""

    customer_id = fields.UUID(load_default=None, allow_none=True)


class ToldSchema(Schema):
    """What a telephone system is told of a call: nothing about the customer."""

    id = fields.UUID(required=True)
    received_at = fields.DateTime(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    missed = fields.Boolean(required=True)


class CallSchema(ToldSchema):
    """A call as people see it."""

    external_id = fields.String(required=True, allow_none=True)
    caller = fields.String(
        required=True, data_key="from", metadata={"description": "Empty when withheld."}
    )
    called = fields.List(fields.String(), required=True, metadata={"description": "Names."})
    line = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    customer = fields.String(required=True, allow_none=True)
    taken_by = fields.String(required=True, allow_none=True)


class CallsArgs(PageArgs):
    """Which calls."""

    day = fields.Date(load_default=None)
    missed = fields.Boolean(load_default=False)


CallsPage = page_schema(CallSchema)

#: What the screens say of a number that is not shown.
WITHHELD = _l("Number withheld")
