"""Payments as they are told and shown."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, post_load, validate

from core.api.fields import MoneyField
from core.api.paging import page_schema
from core.schemas import Schema
from core.text import tidy
from modules.finance.schemas.parts import METHODS, order_number
from modules.finance.services.tender import Share, Tender


class ShareSchema(Schema):
    """The part of a payment for one order."""

    order = order_number()
    amount = MoneyField(required=True, positive=True)

    @post_load
    def _share(self, data: dict[str, Any], **_: Any) -> Share:
        return Share(tidy(data["order"]), data["amount"])


class PaymentSchema(Schema):
    """Money on the counter."""

    customer_id = fields.UUID(required=True)
    method = fields.String(
        required=True, validate=validate.OneOf(METHODS, error=_l("Choose how the money is paid."))
    )
    amount = MoneyField(required=True, positive=True)
    currency = fields.String(load_default="", validate=validate.Length(max=3))
    allocations = fields.List(fields.Nested(ShareSchema), load_default=list)
    excess = fields.String(
        load_default="refuse",
        validate=validate.OneOf(("refuse", "credit")),
        metadata={"description": "What becomes of more than is owed."},
    )
    despite_hold = fields.Boolean(
        load_default=False,
        metadata={"description": "The customer pays although a concern holds collection."},
    )

    @post_load
    def _tender(self, data: dict[str, Any], **_: Any) -> Tender:
        shares = tuple(data.pop("allocations"))
        keep_rest = data.pop("excess") == "credit"
        return Tender(shares=shares, keep_rest=keep_rest, **data)


class ShareShown(Schema):
    """What one order got of a payment."""

    order = fields.String(required=True)
    amount = MoneyField(required=True)
    owed_after = MoneyField(required=True)


class PaymentShown(Schema):
    """A payment that was taken."""

    id = fields.UUID(required=True)
    number = fields.String(required=True, metadata={"description": "Of its receipt."})
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    method = fields.String(required=True)
    amount = MoneyField(required=True)
    currency = fields.String(required=True)
    credit = MoneyField(required=True, metadata={"description": "Kept as the customer's credit."})
    allocations = fields.List(fields.Nested(ShareShown), required=True)
    taken_on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


PaymentPage: Any = page_schema(PaymentShown)
