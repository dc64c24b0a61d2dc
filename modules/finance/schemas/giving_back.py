"""Money and credit that is given back, and claims that are given up."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import MoneyField
from core.api.paging import page_schema
from core.schemas import Schema
from core.text import tidy, tidy_lines
from modules.finance.schemas.parts import METHODS, order_number, reason_given
from modules.finance.services.tender import CREDIT, MONEY


class RefundSchema(Schema):
    """Money to be given back."""

    order = order_number()
    amount = MoneyField(required=True, positive=True)
    method = fields.String(
        load_default=None, validate=validate.OneOf(METHODS, error=_l("Choose how it is paid back."))
    )
    to_credit = fields.Boolean(
        load_default=False, metadata={"description": "Keep it as the customer's credit instead."}
    )
    reason = reason_given()

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
    reason = reason_given()

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

    order = order_number()
    amount = MoneyField(required=True, positive=True)
    reason = reason_given()

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


class CreditShown(Schema):
    """A customer's credit in one currency."""

    currency = fields.String(required=True)
    amount = MoneyField(required=True)


RefundPage: Any = page_schema(RefundShown)
CreditPage: Any = page_schema(CreditShown)
