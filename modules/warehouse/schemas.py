"""Shipments, receipts, returns and stock as JSON and as forms."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_load, validate

from core.api.fields import MoneyField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from modules.warehouse.models import DELIVERED, OPEN, RETURNED, SHIPPED
from modules.warehouse.services.receiving import Arrival
from modules.warehouse.services.stock import MAIN
from modules.warehouse.services.taking import Wanted
from modules.warehouse.services.unpacking import ComingBack

STATES = (OPEN, SHIPPED, DELIVERED, RETURNED)


class SerialsField(fields.List[str]):
    """Serial numbers: a list, or in a form a text with one number in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.String(), **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, str):
            value = [part for line in value.splitlines() for part in line.split(",")]
        found: list[Any] = super()._deserialize(value, attr, data, **kwargs)
        return found


def _is_ahead(day: date) -> None:
    if not 1990 <= day.year <= 2199:
        raise ValidationError(str(_l("Enter a day as it stands on the label.")))


class ArrivalSchema(Schema):
    """Goods of one product and lot that arrived."""

    sku = fields.String(required=True)
    quantity = QuantityField(required=True, positive=True)
    location = fields.String(load_default=MAIN)
    lot = fields.String(load_default="")
    expires_on = fields.Date(load_default=None, allow_none=True, validate=_is_ahead)
    serials = SerialsField(load_default=list)

    @post_load
    def arrival(self, entered: dict[str, Any], **_kwargs: Any) -> Arrival:
        """Return what the service takes."""
        return Arrival(**{**entered, "serials": tuple(entered["serials"])})


class ReceiptSchema(Schema):
    """Goods that arrived together."""

    lines = fields.List(
        fields.Nested(ArrivalSchema),
        required=True,
        error_messages={"required": _l("Enter at least one line.")},
    )
    note = fields.String(load_default="", validate=validate.Length(max=1000))


class ReceiptLineShown(Schema):
    """What went into stock."""

    sku = fields.String(required=True)
    quantity = QuantityField(required=True)
    location = fields.String(required=True)
    lot = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    serials = fields.List(fields.String(), required=True)


class ReceiptShown(Schema):
    """A receipt of goods."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, attribute="by_name")
    lines = fields.List(fields.Nested(ReceiptLineShown), required=True)


class WantedSchema(Schema):
    """A quantity of one line that is to leave."""

    line_id = fields.UUID(required=True)
    quantity = QuantityField(required=True, positive=True)
    lot = fields.String(load_default=None, allow_none=True)
    location = fields.String(load_default=None, allow_none=True)
    serials = SerialsField(load_default=list)

    @post_load
    def wanted(self, entered: dict[str, Any], **_kwargs: Any) -> Wanted:
        """Return what the service takes."""
        return Wanted(**{**entered, "serials": tuple(entered["serials"])})


class ShipSchema(Schema):
    """What leaves; without lines, everything. The rest becomes a new open shipment."""

    lines = fields.List(fields.Nested(WantedSchema), load_default=None, allow_none=True)
    override_reason = fields.String(load_default="", validate=validate.Length(max=500))
    carrier = fields.String(load_default="", validate=validate.Length(max=120))
    tracking = fields.String(load_default="", validate=validate.Length(max=120))


class DeliverSchema(Schema):
    """Who signed for the goods."""

    received_by = fields.String(load_default="", validate=validate.Length(max=120))


class ComingBackSchema(Schema):
    """A quantity of one line that comes back."""

    line_id = fields.UUID(required=True)
    quantity = QuantityField(required=True, positive=True)
    lot = fields.String(load_default=None, allow_none=True)
    serials = SerialsField(load_default=list)

    @post_load
    def coming_back(self, entered: dict[str, Any], **_kwargs: Any) -> ComingBack:
        """Return what the service takes."""
        return ComingBack(**{**entered, "serials": tuple(entered["serials"])})


class ReturnSchema(Schema):
    """Goods that come back."""

    order = fields.String(required=True)
    lines = fields.List(
        fields.Nested(ComingBackSchema),
        required=True,
        error_messages={"required": _l("Choose at least one line that comes back.")},
    )
    restock = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=500))
    location = fields.String(load_default=MAIN, validate=validate.Length(max=60))
    shipment_id = fields.UUID(load_default=None, allow_none=True)


class ReturnLineShown(Schema):
    """What came back of one line and lot."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    quantity = QuantityField(required=True)
    lot = fields.String(required=True)
    location = fields.String(required=True)
    serials = fields.List(fields.String(), required=True)


class ReturnShown(Schema):
    """Goods that came back."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    order = fields.String(required=True, attribute="order_number")
    restock = fields.Boolean(required=True)
    reason = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, attribute="by_name")
    lines = fields.List(fields.Nested(ReturnLineShown), required=True)


class ReasonSchema(Schema):
    """Why goods may not leave."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class PickSchema(Schema):
    """From where a line is, or was, taken."""

    location = fields.String(required=True)
    lot = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    quantity = QuantityField(required=True)
    serials = fields.List(fields.String(), required=True)


class ShipmentLineSchema(Schema):
    """One line of a shipment."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = QuantityField(required=True)
    returned = QuantityField(required=True)
    in_stock = QuantityField(
        required=True, metadata={"description": "What of it can leave; once it left, all of it."}
    )
    picks = fields.List(
        fields.Nested(PickSchema),
        required=True,
        metadata={"description": "Proposed while open: first to expire first; then what left."},
    )


class ShipmentSchema(Schema):
    """Goods that leave together: to whom, where, may they leave, what to collect."""

    id = fields.UUID(required=True)
    order = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    may_leave = fields.Boolean(required=True)
    why_not = fields.List(fields.Nested(ReasonSchema), required=True)
    to_collect = MoneyField(required=True)
    currency = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True)
    address = fields.String(required=True)
    contact = fields.String(required=True)
    phone = fields.String(required=True)
    salesperson = fields.String(required=True)
    promised_on = fields.Date(required=True, allow_none=True)
    document = fields.String(required=True, metadata={"description": "Delivery note."})
    carrier = fields.String(required=True)
    tracking = fields.String(required=True)
    shipped_at = fields.AwareDateTime(required=True, allow_none=True)
    delivered_at = fields.AwareDateTime(required=True, allow_none=True)
    lines = fields.List(fields.Nested(ShipmentLineSchema), required=True)


class ExpectedLineSchema(Schema):
    """What of one line is to come back, and what has."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    name = fields.String(required=True)
    quantity = QuantityField(required=True)
    returned = QuantityField(required=True)


class ExpectedSchema(Schema):
    """Goods that a customer was told to give back."""

    id = fields.UUID(required=True)
    complaint = fields.String(required=True)
    order = fields.String(required=True, attribute="number")
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    kind = fields.String(required=True, metadata={"enum": ["exchange", "return"]})
    promised_on = fields.Date(required=True)
    lines = fields.List(fields.Nested(ExpectedLineSchema), required=True)


class ShipmentsArgs(PageArgs):
    """Which shipments."""

    order = fields.String(load_default="")
    state = fields.String(load_default="", validate=validate.OneOf(("", *STATES)))
    q = fields.String(load_default="", metadata={"description": "Customer, order, note."})


class StockItemSchema(Schema):
    """What lies at one place of one lot."""

    sku = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    location = fields.String(required=True)
    lot = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    quantity = QuantityField(required=True)
    serials = fields.List(fields.String(), required=True)


class StockArgs(PageArgs):
    """Which stock."""

    sku = fields.String(load_default="")


ShipmentPage: Any = page_schema(ShipmentSchema)
StockPage: Any = page_schema(StockItemSchema)
