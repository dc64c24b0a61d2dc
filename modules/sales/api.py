"""REST for orders."""

from typing import Any

from flask_smorest import Blueprint

from core.api import idempotent
from core.api.paging import answer
from core.people.identity import requires
from modules.sales import queries, services
from modules.sales.drafts import OrderChanges, OrderDraft
from modules.sales.models import Order
from modules.sales.schemas import (
    CancelIn,
    ConfirmIn,
    OrderIn,
    OrderOut,
    OrderPage,
    OrderPatch,
    OrdersArgs,
)

blp = Blueprint(
    "sales-api",
    __name__,
    url_prefix="/api/v1/sales",
    description="Quotations and orders.",
)


@blp.post("/orders")
@blp.arguments(OrderIn())
@blp.response(201, OrderOut)
@requires("sales.sell")
def create(wanted: tuple[OrderDraft, bool]) -> dict[str, Any]:
    """Write a quotation, or an order at once."""
    draft, confirm = wanted
    return shown(services.place_order(draft) if confirm else services.write_quotation(draft))


@blp.get("/orders")
@blp.arguments(OrdersArgs(), location="query")
@blp.response(200, OrderPage)
@requires("sales.sell")
def index(args: dict[str, Any]) -> dict[str, Any]:
    """List quotations and orders, newest first."""
    customer = args.pop("customer")
    return answer(queries.orders(customer_id=customer, **args))


@blp.get("/orders/<number>")
@blp.response(200, OrderOut)
@requires("sales.sell")
def record(number: str) -> dict[str, Any]:
    """Return one order; what was shipped and paid, its deal says."""
    return shown(queries.order(number))


@blp.patch("/orders/<number>")
@blp.arguments(OrderPatch())
@blp.response(200, OrderOut)
@requires("sales.sell")
def change(wanted: tuple[OrderChanges, int | None, str], number: str) -> dict[str, Any]:
    """Change a quotation, or what of an order has not been shipped."""
    changes, version, reason = wanted
    return shown(services.change_order(number, changes, version=version, reason=reason))


@blp.post("/orders/<number>/confirm")
@idempotent
@blp.arguments(ConfirmIn())
@blp.response(200, OrderOut)
@requires("sales.sell")
def confirm(wanted: dict[str, Any], number: str) -> dict[str, Any]:
    """Take the order: every department knows of it from now on."""
    return shown(services.confirm_order(number, version=wanted["version"]))


@blp.post("/orders/<number>/cancel")
@idempotent
@blp.arguments(CancelIn())
@blp.response(200, OrderOut)
@requires("sales.sell")
def cancel(wanted: dict[str, Any], number: str) -> dict[str, Any]:
    """Call off what has not been shipped, or a part of it."""
    return shown(services.cancel_order(number, **wanted))


def shown(order: Order) -> dict[str, Any]:
    """Return the order in the shape of its schema; lines that were called off are left out."""
    lines = [line for line in order.lines if line.quantity]
    own = {name: getattr(order, name) for name in _OWN}
    return {**own, "stage": queries.stage(order), "lines": lines}


_OWN = (
    *("number", "customer_id", "customer_name", "seller_name", "currency", "total"),
    *("dated_on", "promised_on", "state", "note", "version", "deposit"),
)
