"""Invoices as they are asked for and shown."""

from typing import Any

from marshmallow import fields, post_load

from core.api.fields import MoneyField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from core.text import tidy
from modules.finance.schemas.parts import order_number


class InvoiceSchema(Schema):
    """The order to invoice: what the customer has and no invoice names yet."""

    order = order_number()

    @post_load
    def _number(self, data: dict[str, Any], **_: Any) -> str:
        return tidy(data["order"])


class InvoiceLineShown(Schema):
    """Goods on an invoice."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = QuantityField(required=True)
    unit_price = MoneyField(required=True)
    amount = MoneyField(required=True)
    tax = MoneyField(required=True)


class InvoiceShown(Schema):
    """An invoice; a negative one corrects another."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    order = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    currency = fields.String(required=True)
    amount = MoneyField(required=True)
    tax = MoneyField(required=True)
    issued_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    corrects = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(InvoiceLineShown), required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class PapersArgs(PageArgs):
    """Which papers."""

    order = fields.String(load_default="")
    customer = fields.UUID(load_default=None)
    q = fields.String(load_default="")


InvoicePage: Any = page_schema(InvoiceShown)
