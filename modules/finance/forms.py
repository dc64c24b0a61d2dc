"""What is typed on the screens of finance, made into what its services take."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import MoneyField
from core.schemas import Schema
from core.text import tidy_lines
from modules.finance.schemas.parts import METHODS
from modules.finance.services.distribution import spread
from modules.finance.services.tender import Share, Tender


class PartForm(Schema):
    """One of the customer's orders at the counter."""

    order = fields.String(required=True)
    take = fields.Boolean(load_default=False)
    amount = MoneyField(load_default=None, positive=True)


class CounterForm(Schema):
    """Money on the counter: an amount for the ticked orders, or split by hand."""

    customer_id = fields.UUID(required=True)
    amount = MoneyField(required=True, positive=True)
    method = fields.String(
        required=True, validate=validate.OneOf(METHODS, error=_l("Choose how the money is paid."))
    )
    currency = fields.String(load_default="")
    parts = fields.List(fields.Nested(PartForm), load_default=list)
    keep_rest = fields.Boolean(load_default=False)
    despite_hold = fields.Boolean(load_default=False)

    @post_load
    def _tender(self, data: dict[str, Any], **_ignored: Any) -> dict[str, Any]:
        parts = data.pop("parts")
        shares = tuple(Share(part["order"], part["amount"]) for part in parts if part["amount"])
        ticked = [part["order"] for part in parts if part["take"]]
        if not shares and not ticked and not data["keep_rest"]:
            text = _("Tick an order to be paid, or keep the money as the customer's credit.")
            raise ValidationError({"amount": [text]})
        return {"tender": Tender(shares=shares or spread(data["amount"], ticked), **data)}


class RefundForm(Schema):
    """Money to be given back."""

    amount = MoneyField(required=True, positive=True)
    method = fields.String(
        required=True, validate=validate.OneOf(METHODS, error=_l("Choose how it is paid back."))
    )
    reason = fields.String(required=True, validate=validate.Length(1, 500))

    @post_load
    def _tidied(self, data: dict[str, Any], **_ignored: Any) -> dict[str, Any]:
        return {**data, "reason": tidy_lines(data["reason"])}


class WriteOffForm(Schema):
    """What will not be paid, and why."""

    amount = MoneyField(required=True, positive=True)
    reason = fields.String(required=True, validate=validate.Length(1, 500))

    @post_load
    def _tidied(self, data: dict[str, Any], **_ignored: Any) -> dict[str, Any]:
        return {**data, "reason": tidy_lines(data["reason"])}


class RulesForm(Schema):
    """The rules of finance."""

    invoice_at = fields.String(required=True, validate=validate.OneOf(("button", "shipment")))
    allowances = fields.String(load_default="itself", validate=validate.OneOf(("itself", "button")))
