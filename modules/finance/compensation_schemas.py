"""Promises to customers who complained, as JSON."""

from typing import Any

from marshmallow import fields

from core.api.fields import MoneyField
from core.api.paging import page_schema
from core.schemas import Schema


class PromiseShown(Schema):
    """What a customer was promised and finance has to keep."""

    id = fields.UUID(required=True)
    complaint = fields.String(required=True)
    order = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    currency = fields.String(required=True)
    kind = fields.String(
        required=True, metadata={"enum": ["credit", "refund", "exchange", "return"]}
    )
    state = fields.String(
        required=True, metadata={"enum": ["to_book", "coming_back", "to_give_back", "kept"]}
    )
    amount = MoneyField(required=True)
    credit_note = fields.String(required=True)
    to_give_back = MoneyField(required=True)
    given_back = MoneyField(required=True)
    reason = fields.String(required=True)
    promised_by = fields.String(required=True)
    promised_at = fields.AwareDateTime(required=True)


PromisePage: Any = page_schema(PromiseShown)


class BookSchema(Schema):
    """How much is credited; all that was promised, if nothing is said."""

    amount = MoneyField(load_default=None, positive=True)
