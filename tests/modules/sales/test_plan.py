"""From the deposit rule to the plan of payments."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from modules.sales.drafts import DepositRule
from modules.sales.plan import above_earnest_limit, checked_rule, deposit_of, plan_of

SOLD, PROMISED = date(2026, 11, 22), date(2026, 12, 24)


def plan(rule, total="11300.00"):
    steps = plan_of(rule, Decimal(total), SOLD, PROMISED)
    return [(due.kind, str(due.amount), due.on, due.before_shipping) for due in steps]


def test_without_a_deposit_everything_is_due_on_the_promised_day():
    assert plan(None) == [("balance", "11300.00", PROMISED, False)]


def test_before_shipping_has_no_day_at_once_has_todays():
    before = DepositRule(kind="prepayment", amount=Decimal("3390.00"), before_shipping=True)
    at_once = DepositRule(kind="prepayment", amount=Decimal("3390.00"))

    assert plan(before)[0] == ("prepayment", "3390.00", None, True)
    assert plan(at_once)[0] == ("prepayment", "3390.00", SOLD, False)


def test_only_a_fifth_of_the_price_can_be_earnest_money():
    rule = DepositRule(kind="earnest", amount=Decimal("3390.00"), before_shipping=True)

    assert above_earnest_limit(rule, Decimal("11300.00")) == Decimal("1130.00")
    assert plan(rule) == [
        ("earnest", "2260.00", None, True),
        ("prepayment", "1130.00", None, True),
        ("balance", "7910.00", PROMISED, False),
    ]


def test_the_whole_price_can_be_asked_for_first():
    rule = DepositRule(kind="prepayment", percent=Decimal(100), before_shipping=True)

    assert plan(rule) == [("prepayment", "11300.00", None, True)]


def test_an_order_that_shrank_never_asks_for_more_than_it_is_worth():
    rule = DepositRule(kind="prepayment", amount=Decimal("3390.00"), before_shipping=True)

    assert plan(rule, "1000.00") == [("prepayment", "1000.00", None, True)]
    assert plan(rule, "0.00") == []


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (DepositRule(kind="earnest"), "deposit.amount"),
        (DepositRule(kind="earnest", amount=Decimal(1), percent=Decimal(1)), "deposit.amount"),
        (DepositRule(kind="earnest", amount=Decimal("0.00")), "deposit.amount"),
        (DepositRule(kind="earnest", amount=Decimal("100.01")), "deposit.amount"),
        (DepositRule(kind="earnest", percent=Decimal(0)), "deposit.percent"),
        (DepositRule(kind="earnest", percent=Decimal("100.001")), "deposit.percent"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(rule, field):
    app = Flask(__name__)
    Babel(app)
    with app.app_context(), pytest.raises(InvalidInput) as refusal:
        checked_rule(rule, Decimal("100.00"))
    assert list(refusal.value.errors) == [field]


@given(
    total=st.decimals("0.00", "99999.99", places=2),
    percent=st.decimals("0.001", "100", places=3),
    kind=st.sampled_from(["earnest", "prepayment"]),
)
def test_the_plan_is_the_total_to_the_cent(total, percent, kind):
    rule = DepositRule(kind=kind, percent=percent)

    steps = plan_of(rule, total, SOLD, None)

    assert sum(due.amount for due in steps) == total
    assert all(due.amount > 0 for due in steps)
    assert sum(due.amount for due in steps if due.kind != "balance") == deposit_of(rule, total)
    earnest = sum(due.amount for due in steps if due.kind == "earnest")
    assert earnest <= total / 5 + Decimal("0.005")
