"""Feedback as a form and as JSON."""

from typing import Any

from marshmallow import fields

from core.api.paging import page_schema
from core.schemas import Schema


class AnswerForm(Schema):
    """What a customer enters; one of five buttons sends it."""

    score = fields.Integer(load_default=0)
    text = fields.String(load_default="")
    nps = fields.Integer(load_default=None)


class LinkSchema(Schema):
    """Whom to ask."""

    customer_id = fields.UUID(required=True)
    order = fields.String(load_default=None, allow_none=True)
    asks_nps = fields.Boolean(load_default=False)


class LinkShown(Schema):
    """The address to send; it is shown only once."""

    url = fields.String(required=True)


class FeedbackSchema(Schema):
    """One answer."""

    id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    order = fields.String(required=True, allow_none=True, attribute="number")
    score = fields.Integer(required=True)
    nps = fields.Integer(required=True, allow_none=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    served_by = fields.String(required=True)
    complaint_id = fields.UUID(required=True, allow_none=True)


class NpsSchema(Schema):
    """How likely customers are to recommend us: each one's newest answer of the last 90 days."""

    answers = fields.Integer(required=True)
    promoters = fields.Integer(required=True, metadata={"description": "They said 9 or 10."})
    detractors = fields.Integer(required=True, metadata={"description": "They said 0 to 6."})
    score = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "-100 to 100; null while there are fewer than 30 answers."},
    )


class MeanSchema(Schema):
    """The answers of one month, or about one person."""

    of = fields.String(required=True)
    answers = fields.Integer(required=True)
    mean = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "1 to 5; null while there are fewer than 5 answers."},
    )


class FeedbackSummary(Schema):
    """What all answers together say."""

    nps = fields.Nested(NpsSchema, required=True)
    months = fields.List(fields.Nested(MeanSchema), required=True)
    people = fields.List(fields.Nested(MeanSchema), required=True)


FeedbackPage: Any = page_schema(FeedbackSchema)
