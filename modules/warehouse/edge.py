"""What both edges of the warehouse, screens and REST, have in common."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

import marshmallow
from flask import request

from core.deals.errors import DealNotFound
from core.deals.queries import deal_id
from core.deals.settling import settled_as_found
from core.text import tidy
from core.web.forms import Form, read_form
from modules.warehouse.errors import ShipmentNotFound
from modules.warehouse.queries.shipments import deal_of

P = ParamSpec("P")
R = TypeVar("R")


def settling(view: Callable[P, R]) -> Callable[P, R]:
    """Let the warehouse first take in what it has not yet heard of the order.

    An order that was called off a moment ago would otherwise still be offered for shipping. It
    runs in transactions of its own, so it stands before the act's begins: above @idempotent.
    """

    @wraps(view)
    def settled_first(*args: P.args, **kwargs: P.kwargs) -> R:
        if (find := _deal(kwargs)) is not None:
            # An unknown number is refused by the act, at the field where it was entered.
            with suppress(DealNotFound, ShipmentNotFound):
                settled_as_found("warehouse", find)
        return view(*args, **kwargs)

    return settled_first


def _deal(in_path: dict[str, object]) -> Callable[[], UUID] | None:
    """Return what finds the order of the request: by its shipment, its address or its body."""
    if isinstance(shipment_id := in_path.get("shipment_id"), UUID):
        return partial(deal_of, shipment_id)
    body = request.get_json(silent=True) if request.is_json else None
    entered = body.get("order") if isinstance(body, dict) else request.values.get("order")
    number = in_path.get("number") or entered
    known = tidy(number).upper() if isinstance(number, str) else ""
    return partial(deal_id, known) if known else None


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
