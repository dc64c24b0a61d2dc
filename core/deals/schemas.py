"""A deal as JSON."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from core.api.fields import MoneyField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema


class DealLineSchema(Schema):
    """A line and its three counters."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    unit_price = MoneyField(required=True)
    amount = MoneyField(required=True)
    ordered = QuantityField(required=True)
    cancelled = QuantityField(required=True)
    shipped = QuantityField(required=True)
    delivered = QuantityField(required=True)
    returned = QuantityField(required=True)


class DueSchema(Schema):
    """A step of the plan of payments."""

    amount = MoneyField(required=True)
    on = fields.Date(required=True, allow_none=True)
    before_shipping = fields.Boolean(required=True)
    kind = fields.String(required=True)
    open = MoneyField(required=True, metadata={"description": "Not yet covered by money kept."})


class RiskSchema(Schema):
    """Why a balance is at risk."""

    code = fields.String(required=True, metadata={"enum": ["concern", "late_delivery", "invoice"]})
    text = fields.String(required=True)
    holds = fields.String(required=True)


class ConcernSchema(Schema):
    """A worry about the deal."""

    concern_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    holds = fields.String(required=True)
    raised_at = fields.AwareDateTime(required=True)
    raised_by = fields.String(required=True, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)


class EntrySchema(Schema):
    """One fact as it was stated."""

    event_id = fields.UUID(required=True)
    fact = fields.String(required=True)
    type = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    document = fields.String(required=True)
    amount = MoneyField(required=True, allow_none=True)


class DealFiguresSchema(Schema):
    """A deal in a list."""

    number = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True)
    salesperson = fields.String(required=True)
    currency = fields.String(required=True)
    sold_on = fields.Date(required=True)
    promised_on = fields.Date(required=True, allow_none=True)
    ordered = MoneyField(required=True)
    cancelled = MoneyField(required=True)
    shipped = MoneyField(required=True, metadata={"description": "Value at order prices."})
    delivered = MoneyField(required=True, metadata={"description": "Value at order prices."})
    invoiced = MoneyField(required=True)
    credited = MoneyField(required=True)
    received = MoneyField(required=True)
    refunded = MoneyField(required=True)
    written_off = MoneyField(required=True)
    owed = MoneyField(required=True)
    overdue = MoneyField(required=True)


class DealSchema(DealFiguresSchema):
    """The whole picture of a deal."""

    lines = fields.List(fields.Nested(DealLineSchema), required=True)
    dues = fields.List(fields.Nested(DueSchema), required=True)
    concerns = fields.List(fields.Nested(ConcernSchema), required=True)
    entries = fields.List(fields.Nested(EntrySchema), required=True)


class DealsArgs(PageArgs):
    """Which deals."""

    q = fields.String(load_default="", metadata={"description": "Customer, number or product."})
    owing = fields.Boolean(load_default=False)
    customer = fields.UUID(
        load_default=None, error_messages={"invalid_uuid": _l("Enter a customer's id.")}
    )


DealPage: Any = page_schema(DealFiguresSchema)
