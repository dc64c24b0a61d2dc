"""What both edges of the warehouse, screens and REST, have in common."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

import marshmallow
from flask import request

from core.db import db, reading
from core.deals.errors import DealNotFound
from core.deals.settling import settled
from core.text import tidy
from core.web.forms import Form, read_form
from modules.warehouse.errors import ShipmentNotFound
from modules.warehouse.queries.shipments import number_of

P = ParamSpec("P")
R = TypeVar("R")


def settling(view: Callable[P, R]) -> Callable[P, R]:
    """Let the warehouse first take in what it has not yet heard of the order.

    An order that was called off a moment ago would otherwise still be offered for shipping. It
    runs in transactions of its own, so it stands before the act's begins: above @idempotent.
    """

    @wraps(view)
    def settled_first(*args: P.args, **kwargs: P.kwargs) -> R:
        if number := _number(kwargs):
            # An unknown number is refused by the act, at the field where it was entered.
            with suppress(DealNotFound):
                settled("warehouse", number)
        return view(*args, **kwargs)

    return settled_first


def _number(in_path: dict[str, object]) -> str:
    """Return the order that the request is about: by its shipment, its address or its body."""
    if isinstance(shipment_id := in_path.get("shipment_id"), UUID):
        return _of_shipment(shipment_id)
    body = request.get_json(silent=True) if request.is_json else None
    entered = body.get("order") if isinstance(body, dict) else request.values.get("order")
    number = in_path.get("number") or entered
    return tidy(number).upper() if isinstance(number, str) else ""


def _of_shipment(shipment_id: UUID) -> str:
    db.session.rollback()
    with reading():
        try:
            return number_of(shipment_id)
        except ShipmentNotFound:
            return ""


def chosen(schema: marshmallow.Schema) -> Form:
    """Read a form of lines; those without a quantity are left out and keep what was typed."""
    typed = dict(request.form.items())
    empty = {
        name.removesuffix("quantity")
        for name, text in typed.items()
        if name.startswith("lines-") and name.endswith("-quantity") and text.strip() in ("", "0")
    }
    kept = {
        name: text for name, text in typed.items() if not any(name.startswith(one) for one in empty)
    }
    form = read_form(schema, kept)
    form.values = {**typed, **form.values}
    return form
