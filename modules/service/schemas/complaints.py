"""Complaints as JSON, and the form that records one."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validate, validates_schema

from core.api.fields import MoneyField, QuantityField
from core.api.paging import PageArgs, page_schema
from core.schemas import Schema
from modules.service.models.complaints import STATES
from modules.service.services.complaints.acts import LONGEST_TEXT

HOLDS = ("none", "shipping", "collection")
COMPLAINT_KINDS = ("goods", "contract", "transport", "service")
CAUSES = ("ours", "customer", "goods")
VERDICTS = ("content", "partly", "not_content")


class ComplaintActSchema(Schema):
    """One thing done with a complaint."""

    act = fields.String(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    words = fields.Dict(
        required=True, metadata={"description": "What else belongs to it, by name."}
    )


class CompensationLineSchema(Schema):
    """Goods that are exchanged, repaired or given back."""

    line_id = fields.UUID(required=True)
    sku = fields.String(required=True)
    name = fields.String(required=True)
    quantity = QuantityField(required=True)
    returned = QuantityField(required=True)
    delivered = QuantityField(required=True)


class CompensationPartSchema(Schema):
    """What one department does for it."""

    part = fields.String(required=True)
    department = fields.String(required=True)
    amount = MoneyField(required=True)
    paid = MoneyField(required=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    done_by = fields.String(required=True, allow_none=True)
    document = fields.String(required=True)


class CompensationSchema(Schema):
    """What the customer was offered."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(
        required=True,
        metadata={"enum": ["asked", "proposed", "agreed", "carried_out", "gone"]},
    )
    amount = MoneyField(required=True)
    currency = fields.String(required=True)
    text = fields.String(required=True)
    proposed_by = fields.String(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(CompensationLineSchema), required=True)
    parts = fields.List(fields.Nested(CompensationPartSchema), required=True)


class ComplaintSchema(Schema):
    """A complaint and what was done."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    customer_id = fields.UUID(required=True)
    customer = fields.String(required=True, attribute="customer_name")
    grade = fields.String(required=True)
    order = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)
    holds = fields.String(required=True, metadata={"enum": list(HOLDS)})
    safety = fields.Boolean(required=True)
    kind = fields.String(required=True, metadata={"enum": ["", *COMPLAINT_KINDS]})
    cause = fields.String(required=True, metadata={"enum": ["", *CAUSES]})
    department = fields.String(required=True)
    line_id = fields.UUID(required=True, allow_none=True)
    sku = fields.String(required=True)
    product = fields.String(required=True)
    lot = fields.String(required=True)
    serial = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    waiting_since = fields.AwareDateTime(required=True, allow_none=True)
    answerable = fields.String(required=True, allow_none=True)
    offered = fields.String(required=True, allow_none=True)
    responsible = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True, metadata={"enum": ["", *VERDICTS]})
    verdict_words = fields.String(required=True)
    opened_at = fields.AwareDateTime(required=True)
    opened_by = fields.String(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    acts = fields.List(fields.Nested(ComplaintActSchema), required=True)


ComplaintPage: Any = page_schema(ComplaintSchema)


class ComplaintsArgs(PageArgs):
    """Which complaints."""

    customer = fields.UUID(load_default=None)
    order = fields.String(load_default="")
    state = fields.String(
        load_default="",
        validate=validate.OneOf(["", "open", *STATES]),
        metadata={"description": "A step, or open for all that are not closed."},
    )
    kind = fields.String(load_default="", validate=validate.OneOf(["", *COMPLAINT_KINDS]))
    cause = fields.String(load_default="", validate=validate.OneOf(["", *CAUSES]))
    department = fields.String(load_default="")
    sku = fields.String(load_default="")
    month = fields.String(load_default="", validate=validate.Regexp(r"^(\d{4}-(0[1-9]|1[0-2]))?$"))
    late = fields.Boolean(load_default=False)
    q = fields.String(load_default="", validate=validate.Length(max=200))


class NewComplaintSchema(Schema):
    """A complaint, about an order or only of a customer."""

    order = fields.String(load_default=None)
    customer_id = fields.UUID(load_default=None)
    text = fields.String(required=True, validate=validate.Length(1, LONGEST_TEXT))
    safety = fields.Boolean(load_default=False, metadata={"description": "Somebody may be hurt."})
    holds = fields.String(load_default="none", validate=validate.OneOf(HOLDS))

    @validates_schema
    def about_one(self, data: dict[str, Any], **_options: Any) -> None:
        """Either an order or a customer is named."""
        if not data.get("order") and not data.get("customer_id"):
            raise ValidationError(_("Name the order or the customer."), "order")


class OtherSchema(Schema):
    """Somebody who has the same goods."""

    customer_id = fields.UUID(required=True, attribute="customer.id")
    customer = fields.String(required=True, attribute="customer.name")
    order = fields.String(required=True)
    delivered_on = fields.Date(required=True)
    lot = fields.String(required=True)
    same_lot = fields.Boolean(required=True)
    asked = fields.Function(lambda one: one.task is not None, metadata={"type": "boolean"})


class AskedSchema(Schema):
    """How many were asked."""

    asked = fields.Integer(required=True)
