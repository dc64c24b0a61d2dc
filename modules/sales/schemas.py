"""Orders as JSON and as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, post_load, validate

from core.api.fields import MoneyField, PercentField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from modules.sales.drafts import DepositRule, LineDraft, OrderChanges, OrderDraft
from modules.sales.queries import ORDER_STAGES
from modules.sales.services.cancelling import Unwanted

LINE_COUNT = validate.Length(1, 200, error=_l("Enter at least one line, at most 200."))


class LineIn(Schema):
    """A line as it is asked for."""

    line_id = fields.UUID(metadata={"description": "The line that this one replaces."})
    sku = fields.String(required=True, validate=validate.Length(1, 60))
    quantity = QuantityField(required=True, positive=True)
    unit_price = MoneyField(metadata={"description": "Tax included; without it the product's own."})
    discount_percent = PercentField()

    @post_load
    def draft(self, values: dict[str, Any], **_options: Any) -> LineDraft:
        """Return what was entered."""
        return LineDraft(**values)


class DepositIn(Schema):
    """What is to be paid first."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(["prepayment", "earnest"]),
        metadata={"description": "earnest (定金) is a guarantee in law, prepayment (订金) is not."},
    )
    amount = MoneyField(positive=True)
    percent = PercentField(positive=True)
    before_shipping = fields.Boolean(load_default=False)

    @post_load
    def rule(self, values: dict[str, Any], **_options: Any) -> DepositRule:
        """Return what was entered."""
        return DepositRule(**values)


class OrderIn(Schema):
    """A new quotation."""

    customer_id = fields.UUID(required=True)
    lines = fields.List(fields.Nested(LineIn), required=True, validate=LINE_COUNT)
    promised_on = fields.Date(load_default=None, allow_none=True)
    deposit = fields.Nested(DepositIn, load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=validate.Length(max=4000))
    confirm = fields.Boolean(
        load_default=False, metadata={"description": "Take the order at once."}
    )

    @post_load
    def draft(self, values: dict[str, Any], **_options: Any) -> tuple[OrderDraft, bool]:
        """Return what was entered, and whether it is to be confirmed at once."""
        confirm: bool = values.pop("confirm")
        return OrderDraft(**values), confirm


class OrderPatch(Schema):
    """What is to be different; whatever is missing stays."""

    customer_id = fields.UUID()
    lines = fields.List(fields.Nested(LineIn), validate=LINE_COUNT)
    promised_on = fields.Date(allow_none=True)
    deposit = fields.Nested(DepositIn, allow_none=True)
    note = fields.String(validate=validate.Length(max=4000))
    version = fields.Integer(
        load_default=None,
        metadata={"description": "As it was read; refused when somebody saved it since."},
    )
    reason = fields.String(load_default="", validate=validate.Length(max=1000))

    @post_load
    def changes(
        self, values: dict[str, Any], **_options: Any
    ) -> tuple[OrderChanges, int | None, str]:
        """Return what changes, the version that was seen, and why."""
        version, reason = values.pop("version"), values.pop("reason")
        return OrderChanges(**values), version, reason  # type: ignore[typeddict-item]


class UnwantedIn(Schema):
    """So much of a line is to be called off."""

    line_id = fields.UUID(required=True)
    quantity = QuantityField(required=True, positive=True)

    @post_load
    def unwanted(self, values: dict[str, Any], **_options: Any) -> Unwanted:
        """Return what was entered."""
        return Unwanted(**values)


class CancelIn(Schema):
    """What is to be called off; without lines, all that has not been shipped."""

    lines = fields.List(fields.Nested(UnwantedIn), load_default=None)
    reason = fields.String(
        required=True,
        validate=validate.Length(1, 1000, error=_l("Say in a few words why it is cancelled.")),
    )
    version = fields.Integer(load_default=None)


class ConfirmIn(Schema):
    """Which state of the quotation is accepted."""

    version = fields.Integer(load_default=None)


class OrdersArgs(PageArgs):
    """Which orders."""

    q = fields.String(load_default="")
    stage = fields.String(load_default="", validate=validate.OneOf(["", *ORDER_STAGES]))
    customer = fields.UUID(load_default=None)


class LineOut(Schema):
    """A line as it stands now."""

    line_id = fields.UUID(required=True, attribute="id")
    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = QuantityField(required=True)
    unit_price = MoneyField(required=True)
    discount_percent = PercentField(required=True)
    amount = MoneyField(required=True)
    tax = MoneyField(required=True)


class DepositOut(Schema):
    """The deposit rule."""

    kind = fields.String(required=True)
    amount = MoneyField(required=True, allow_none=True)
    percent = PercentField(required=True, allow_none=True)
    before_shipping = fields.Boolean(required=True)


class ListedOrderOut(Schema):
    """An order in a list."""

    number = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    salesperson = fields.String(required=True, attribute="seller_name")
    currency = fields.String(required=True)
    total = MoneyField(required=True)
    dated_on = fields.Date(required=True)
    promised_on = fields.Date(required=True, allow_none=True)
    stage = fields.String(
        required=True,
        validate=validate.OneOf(ORDER_STAGES),
        metadata={"description": "Worked out from goods and money, for lists."},
    )


class OrderOut(ListedOrderOut):
    """An order with its lines."""

    state = fields.String(
        required=True, validate=validate.OneOf(["quotation", "confirmed", "cancelled"])
    )
    deposit = fields.Nested(DepositOut, required=True, allow_none=True)
    note = fields.String(required=True)
    version = fields.Integer(required=True)
    lines = fields.List(fields.Nested(LineOut), required=True)


OrderPage: Any = page_schema(ListedOrderOut)
