"""What an order will come to while its form is still being filled in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, ValidationError

from core.clock import today
from core.customers.resolution import resolve
from core.deals.queries import owed_by
from core.errors import InvalidInput
from core.money import ZERO
from core.web.forms import nest
from core.web.story import DUE_KINDS
from modules.sales.drafts import DepositRule, LineDraft
from modules.sales.forms import DepositForm, LineForm, rule_in
from modules.sales.plan import above_earnest_limit, checked_rule, plan_of
from modules.sales.pricing import PricedLine, priced, total_of


def reckoning(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return total, tax and plan of a form, as far as it can be read already."""
    nested, _places = nest(typed)
    day = _day(nested.get("promised_on"))
    known = {
        "owed": _owed(nested.get("customer_id")),
        "past": day if day and day < today() else None,
    }
    lines = _lines(nested.get("lines", []))
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
    try:
        known = resolve(UUID(str(customer_id)))
    except ValueError:
        return {}
    sums = owed_by([known]).get(known, {})
    return {currency: amount for currency, amount in sums.items() if amount > 0}


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


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
