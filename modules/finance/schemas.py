"""Payments, refunds and invoices as JSON and as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import MoneyField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.deals.schemas import RiskSchema
from core.schemas import Schema
from core.text import tidy, tidy_lines
from modules.finance.services.tender import CREDIT, MONEY, Share, Tender

#: Money, or the customer's credit.
METHODS = (*MONEY, CREDIT)


def _order() -> fields.String:
    return fields.String(
        required=True, validate=validate.Length(1, 40), metadata={"example": "SO-2026-0001"}
    )


def _reason() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, 500))


class ShareSchema(Schema):
    """The part of a payment for one order."""

    order = _order()
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


class RefundSchema(Schema):
    """Money to be given back."""

    order = _order()
    amount = MoneyField(required=True, positive=True)
    method = fields.String(
        load_default=None, validate=validate.OneOf(METHODS, error=_l("Choose how it is paid back."))
    )
    to_credit = fields.Boolean(
        load_default=False, metadata={"description": "Keep it as the customer's credit instead."}
    )
    reason = _reason()

    @post_load
    def _complete(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if data.pop("to_credit"):
            data["method"] = CREDIT
        if data["method"] is None:
            text = str(_l("Choose how it is paid back."))
            raise ValidationError({"method": [text]})
        return {**data, "order": tidy(data["order"]), "reason": tidy_lines(data["reason"])}


class CreditRefundSchema(Schema):
    """Credit of a customer to be given back."""

    amount = MoneyField(required=True, positive=True)
    currency = fields.String(load_default="", validate=validate.Length(max=3))
    method = fields.String(
        required=True, validate=validate.OneOf(MONEY, error=_l("Choose how it is paid back."))
    )
    reason = _reason()

    @post_load
    def _tidied(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "reason": tidy_lines(data["reason"])}


class RefundShown(Schema):
    """Money that was given back."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    order = fields.String(required=True, allow_none=True)
    customer_id = fields.UUID(required=True)
    amount = MoneyField(required=True)
    currency = fields.String(required=True)
    method = fields.String(required=True)
    reason = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class WriteOffSchema(Schema):
    """What will not be paid, and why."""

    order = _order()
    amount = MoneyField(required=True, positive=True)
    reason = _reason()

    @post_load
    def _tidied(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "order": tidy(data["order"]), "reason": tidy_lines(data["reason"])}


class WriteOffShown(Schema):
    """A claim that was given up."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    order = fields.String(required=True)
    amount = MoneyField(required=True)
    currency = fields.String(required=True)
    reason = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class InvoiceSchema(Schema):
    """The order to invoice: what the customer has and no invoice names yet."""

    order = _order()

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


class CreditShown(Schema):
    """A customer's credit in one currency."""

    currency = fields.String(required=True)
    amount = MoneyField(required=True)


PaymentPage: Any = page_schema(PaymentShown)
RefundPage: Any = page_schema(RefundShown)
InvoicePage: Any = page_schema(InvoiceShown)
ReceivablePage: Any = page_schema(ReceivableShown)
AgeingPage: Any = page_schema(AgeingShown)
CreditPage: Any = page_schema(CreditShown)
