"""From the deposit rule of an order to the plan of its payments."""

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from core.deals.facts import Due, DueKind
from core.errors import InvalidInput
from core.money import ZERO, to_money
from modules.sales.drafts import DepositRule

#: 定金 is a guarantee up to this part of the price, what is above it prepayment (Civil Code, 586).
EARNEST_LIMIT = Decimal("0.20")


def checked_rule(rule: DepositRule | None, total: Decimal) -> DepositRule | None:
    """Return the rule if it can be kept.

    Raises:
        InvalidInput: naming what must be corrected.
    """
    if rule is None:
        return None
    if (rule.amount is None) == (rule.percent is None):
        both = _("Enter either an amount or a percentage.")
        raise InvalidInput({"deposit.amount": both})
    if rule.percent is not None and not 0 < rule.percent <= 100:
        raise InvalidInput({"deposit.percent": _("Enter a percentage above 0, at most 100.")})
    if rule.amount is not None and not 0 < rule.amount <= total:
        message = _("Enter an amount above zero that is not above the order's total.")
        raise InvalidInput({"deposit.amount": message})
    return rule


def deposit_of(rule: DepositRule | None, total: Decimal) -> Decimal:
    """Return the deposit on a total; an order that shrank is never worth less than its deposit."""
    if rule is None:
        return ZERO
    if rule.percent is not None:
        return to_money(total * rule.percent / 100)
    return min(rule.amount or ZERO, total)


def plan_of(
    rule: DepositRule | None, total: Decimal, sold_on: date, promised_on: date | None
) -> tuple[Due, ...]:
    """Return the plan: deposit first, then the balance on the promised day or at delivery."""
    deposit = deposit_of(rule, total)
    steps = []
    if rule is not None and deposit > 0:
        on = None if rule.before_shipping else sold_on
        for kind, amount in _parts(rule, deposit, total):
            before = rule.before_shipping
            steps.append(Due(amount=amount, on=on, before_shipping=before, kind=kind))
    if total > deposit:
        steps.append(Due(amount=total - deposit, on=promised_on, kind="balance"))
    return tuple(steps)


def above_earnest_limit(rule: DepositRule | None, total: Decimal) -> Decimal:
    """Return the part of a 定金 that the law does not treat as one."""
    if rule is None or rule.kind != "earnest":
        return ZERO
    return max(ZERO, deposit_of(rule, total) - to_money(total * EARNEST_LIMIT))


def _parts(rule: DepositRule, deposit: Decimal, total: Decimal) -> list[tuple[DueKind, Decimal]]:
    above = above_earnest_limit(rule, total)
    parts: list[tuple[DueKind, Decimal]] = [(rule.kind, deposit - above), ("prepayment", above)]
    return [(kind, amount) for kind, amount in parts if amount]
