"""What an order will come to while its form is still being filled in."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, ValidationError

from core.clock import today
from core.customers.resolution import resolve
from core.deals.queries import owed_by
from core.errors import InvalidInput
from core.money import ZERO, money_text
from core.products.queries import products_by_sku
from core.text import tidy
from core.web.forms import nest
from core.web.story import DUE_KINDS
from modules.sales.drafts import DepositRule, LineDraft
from modules.sales.forms import DepositForm, LineForm, rule_in
from modules.sales.plan import above_earnest_limit, checked_rule, plan_of
from modules.sales.pricing import PricedLine, priced, total_of
from modules.sales.queries import line_prices


def reckoning(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return total, tax and plan of a form, as far as it can be read already."""
    nested, places = nest(typed)
    day = _day(nested.get("promised_on"))
    rows = nested.get("lines", [])
    presets = _preset_prices(rows)
    known = {
        "owed": _owed(nested.get("customer_id")),
        "past": day if day and day < today() else None,
        "presets": {
            f"lines-{places['lines'][at]}-unit_price": money_text(price)
            for at, price in presets.items()
        },
    }
    lines = _lines([_with_price(row, presets.get(at)) for at, row in enumerate(rows)])
    if not lines:
        return {"lines": [], **known}
    total = total_of(lines)
    rule = _rule(nested, total)
    return {
        **known,
        "lines": lines,
        "total": total,
        "tax": sum((line.tax for line in lines), ZERO),
        "currency": lines[0].product.currency,
        "dues": plan_of(rule, total, today(), day),
        "due_kinds": DUE_KINDS,
        "above": above_earnest_limit(rule, total),
    }


def _owed(customer_id: object) -> dict[str, Decimal]:
    """Return what the customer owes already: whoever sells should know."""
    if (asked := _id(customer_id)) is None:
        return {}
    known = resolve(asked)
    sums = owed_by([known]).get(known, {})
    return {currency: amount for currency, amount in sums.items() if amount > 0}


def _preset_prices(rows: Sequence[Mapping[str, Any]]) -> dict[int, Decimal]:
    """Return what each row costs whose price is left empty: its line's own, else the product's."""
    empty = {at: row for at, row in enumerate(rows) if "unit_price" not in row and "sku" in row}
    kept = line_prices([id_ for row in empty.values() if (id_ := _id(row.get("line_id")))])
    products = products_by_sku(tidy(row["sku"]) for row in empty.values())
    found = {}
    for at, row in empty.items():
        sku = tidy(row["sku"])
        if (own := kept.get((_id(row.get("line_id")), sku))) is not None:
            found[at] = own
        elif sku in products:
            found[at] = products[sku].price
    return found


def _with_price(row: dict[str, Any], price: Decimal | None) -> dict[str, Any]:
    return row if price is None else {**row, "unit_price": money_text(price)}


def _lines(rows: list[dict[str, Any]]) -> list[PricedLine]:
    drafts: list[LineDraft] = []
    for row in rows:
        try:
            drafts.append(LineForm().load(row))
        except ValidationError:
            continue
    try:
        return priced(drafts)
    except InvalidInput:
        return []


def _rule(nested: Mapping[str, Any], total: Decimal) -> DepositRule | None:
    try:
        return checked_rule(rule_in(DepositForm().load(nested, unknown=EXCLUDE)), total)
    except (ValidationError, InvalidInput):
        return None


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
