"""What is owed, by order and by age."""

from typing import Any

from marshmallow import fields

from core.api.fields import MoneyField
from core.api.paging import PageArgs, page_schema
from core.deals.schemas import RiskSchema
from core.schemas import Schema


class ReceivableShown(Schema):
    """What one order owes."""

    order = fields.String(required=True, attribute="number")
    customer = fields.String(required=True, attribute="customer_name")
    customer_id = fields.UUID(required=True)
    salesperson = fields.String(required=True, attribute="seller_name")
    salesperson_id = fields.UUID(required=True, attribute="seller_id")
    currency = fields.String(required=True)
    sold_on = fields.Date(required=True)
    total = MoneyField(required=True)
    received = MoneyField(required=True, attribute="kept")
    owed = MoneyField(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    risks = fields.List(
        fields.Nested(RiskSchema),
        required=True,
        metadata={"description": "Why it may not be paid."},
    )


class ReceivablesArgs(PageArgs):
    """Which receivables."""

    q = fields.String(load_default="")
    customer = fields.UUID(load_default=None)
    salesperson = fields.UUID(load_default=None)
    owing = fields.Boolean(load_default=False)
    overdue = fields.Boolean(load_default=False)


class AgeingShown(Schema):
    """What is owed in one currency, by age."""

    currency = fields.String(required=True)
    owed = MoneyField(required=True)
    overdue = MoneyField(required=True)
    buckets = fields.List(
        MoneyField(),
        required=True,
        metadata={"description": "Not due, 1–30, 31–60, 61–90, 91–180, 181–365, over 365 days."},
    )


ReceivablePage: Any = page_schema(ReceivableShown)
AgeingPage: Any = page_schema(AgeingShown)
