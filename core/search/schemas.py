"""What the search box answers, as JSON."""

from typing import Any

from marshmallow import fields, post_dump, validate

from core.api.fields import MoneyField
from core.customers.shown import BalanceSchema
from core.schemas import Schema


class SearchArgs(Schema):
    """The question."""

    q = fields.String(required=True, metadata={"description": "What the customer says."})
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class SearchAnswerSchema(Schema):
    """One result; customers and orders with what is owed."""

    kind = fields.String(required=True, metadata={"example": "customer"})
    ref = fields.String(required=True, metadata={"description": "Its id or number."})
    title = fields.String(required=True)
    subtitle = fields.String(required=True)
    url = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    balances = fields.List(fields.Nested(BalanceSchema), required=True)
    owed = MoneyField(allow_none=True, metadata={"description": "The first of the balances."})
    currency = fields.String(allow_none=True)

    @post_dump
    def first_balance(self, shown: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Put the first balance where everybody looks; null where nobody can owe anything."""
        first = shown["balances"][0] if shown["balances"] else {"owed": None, "currency": None}
        return {**shown, **first}


class SearchAnswersSchema(Schema):
    """The results, best first; there is no next page: ask more precisely."""

    items = fields.List(fields.Nested(SearchAnswerSchema), required=True)
    next = fields.String(required=True, allow_none=True)
