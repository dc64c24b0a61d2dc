"""Between an order's form on the page and the order in the books."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import EXCLUDE, fields, post_load, validate

from core.api.fields import MoneyField, PercentField, QuantityField
from core.customers.models import Customer
from core.customers.queries import named
from core.db import db
from core.errors import DomainError, EditedMeanwhile
from core.money import ZERO, format_money, quantity_text
from core.schemas import Schema
from core.web.forms import Form, blank_form
from core.web.story import DUE_KINDS
from modules.sales.drafts import DepositRule, OrderDraft
from modules.sales.errors import AlreadyShipped
from modules.sales.models import Order
from modules.sales.schemas import LINE_COUNT, LineIn


class LineForm(LineIn):
    """A row of the form; what a picker shows beside its value is not looked at."""

    class Meta:
        unknown = EXCLUDE

    sku = fields.String(
        required=True, error_messages={"required": _l("Choose a product from the list.")}
    )
    quantity = QuantityField(
        required=True, positive=True, error_messages={"required": _l("Enter how many.")}
    )


class DepositForm(Schema):
    """What of an order's form is about the deposit."""

    deposit_kind = fields.String(
        data_key="deposit-kind",
        load_default=None,
        validate=validate.OneOf(["prepayment", "earnest"]),
    )
    deposit_percent = PercentField(data_key="deposit-percent", positive=True, load_default=None)
    deposit_amount = MoneyField(data_key="deposit-amount", positive=True, load_default=None)
    deposit_before = fields.Boolean(data_key="deposit-before_shipping", load_default=False)


class OrderForm(DepositForm):
    """The form of an order."""

    customer_id = fields.UUID(
        required=True, error_messages={"required": _l("Choose a customer from the list.")}
    )
    lines = fields.List(
        fields.Nested(LineForm),
        required=True,
        validate=LINE_COUNT,
        error_messages={"required": _l("Enter at least one line.")},
    )
    promised_on = fields.Date(load_default=None)
    note = fields.String(load_default="", validate=validate.Length(max=4000))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    version = fields.Integer(load_default=None)

    @post_load
    def draft(self, values: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Return the order as entered, and what was seen of it before."""
        seen = {"version": values.pop("version"), "reason": values.pop("reason")}
        own = {name: value for name, value in values.items() if not name.startswith("deposit_")}
        return {"order": OrderDraft(**own, deposit=rule_in(values)), **seen}


def rule_in(values: Mapping[str, Any]) -> DepositRule | None:
    """Return the deposit rule in what a form said."""
    if not values["deposit_kind"]:
        return None
    return DepositRule(
        kind=values["deposit_kind"],
        amount=values["deposit_amount"],
        percent=values["deposit_percent"],
        before_shipping=values["deposit_before"],
    )


class UnwantedForm(Schema):
    """How much of a line is to be called off."""

    class Meta:
        unknown = EXCLUDE

    line_id = fields.UUID(required=True)
    quantity = QuantityField(load_default=ZERO)


class CancelForm(Schema):
    """What of an order is to be called off, and why."""

    lines = fields.List(fields.Nested(UnwantedForm), load_default=None)
    reason = fields.String(
        required=True,
        validate=validate.Length(1, 1000),
        error_messages={"required": _l("Say in a few words why it is cancelled.")},
    )


def new_form(customer: Customer | None) -> Form:
    """Return an empty form, for a customer if one was chosen already."""
    chosen = {"customer_id": customer.id, "customer_id-shown": customer.name} if customer else {}
    return blank_form({**chosen, "deposit-before_shipping": True})


def form_of(order: Order) -> Form:
    """Return the form with what is stored."""
    rule = order.deposit
    values: dict[str, Any] = {
        "customer_id": order.customer_id,
        "customer_id-shown": order.customer_name,
        "promised_on": order.promised_on,
        "note": order.note,
        "version": order.version,
        "deposit-kind": rule.kind if rule else "",
        "deposit-percent": quantity_text(rule.percent) if rule and rule.percent else "",
        "deposit-amount": rule.amount if rule else "",
        "deposit-before_shipping": rule.before_shipping if rule else True,
        "lines": [
            {
                "line_id": line.id,
                "sku": line.sku,
                "sku-shown": line.name,
                "quantity": quantity_text(line.quantity),
                "unit_price": line.unit_price,
                "discount_percent": quantity_text(line.discount_percent)
                if line.discount_percent
                else "",
            }
            for line in order.lines
            if line.quantity
        ],
    }
    return blank_form(values)


def cancel_form(order: Order, open_quantities: Mapping[UUID, Decimal]) -> Form:
    """Return the form that calls off all that has not been shipped, ready to be made less."""
    lines = [
        {"line_id": line.id, "quantity": quantity_text(open_quantities[line.id])}
        for line in order.lines
        if open_quantities.get(line.id)
    ]
    return blank_form({"lines": lines})


def differences(order: Order, mine: OrderDraft) -> list[tuple[str, str]]:
    """Return what the order says now wherever it differs from what was entered."""
    stored = [line for line in order.lines if line.quantity]
    own = [(line.sku, line.quantity, line.unit_price) for line in mine.lines]
    pairs = [
        (_("Customer"), order.customer_name, order.customer_id == mine.customer_id),
        (
            _("Lines"),
            " · ".join(_line(line, order.currency) for line in stored),
            own == [(line.sku, line.quantity, line.unit_price) for line in stored],
        ),
        (_("Promised for"), _day(order.promised_on), order.promised_on == mine.promised_on),
        (_("Deposit"), _rule(order.deposit, order.currency), order.deposit == mine.deposit),
        (_("Note"), order.note, order.note == mine.note),
    ]
    return [(label, theirs or _("nothing")) for label, theirs, same in pairs if not same]


def tried(
    form: Form, act: Callable[[], Order], collided: Callable[[], None] | None = None
) -> Order | None:
    """Do it, or undo whatever was begun and put what is wrong into the form."""
    if not form.ok:
        return None
    try:
        return act()
    except DomainError as refusal:
        db.session.rollback()
        if isinstance(refusal, EditedMeanwhile) and collided:
            collided()
        row = row_of(form, refusal.extra.get("line_id"))
        if isinstance(refusal, AlreadyShipped) and row:
            form.errors[f"{row}quantity"] = [refusal.message()]
        else:
            form.refuse(refusal)
        return None


def row_of(form: Form, line_id: str | None) -> str | None:
    """Return the beginning of the names ("lines-2-") of the row that shows a line."""
    for name, value in form.values.items():
        if line_id and value == line_id and name.endswith("-line_id"):
            return name.removesuffix("line_id")
    return None


def card(customer_id: UUID | None) -> Customer | None:
    """Return the card of a customer chosen before the form was opened."""
    return named([customer_id]).get(customer_id) if customer_id else None


def _line(line: Any, currency: str) -> str:
    return (
        f"{line.name} × {quantity_text(line.quantity)} · {format_money(line.unit_price, currency)}"
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _rule(rule: DepositRule | None, currency: str) -> str:
    if rule is None:
        return ""
    kind = str(DUE_KINDS[rule.kind])
    if rule.percent is not None:
        return f"{kind} {quantity_text(rule.percent)} %"
    return f"{kind} {format_money(rule.amount or ZERO, currency)}"
