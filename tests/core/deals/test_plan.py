"""Money settles a plan in its order; what falls due by a day is never more than is owed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.deals.plan import parts

MAY = date(2026, 5, 1)
ZERO = Decimal(0)
amounts = st.decimals("0.01", "999.99", places=2)
days = st.integers(0, 400).map(lambda number: MAY + timedelta(number))


@dataclass(frozen=True)
class Step:
    """A step as the plan has it."""

    amount: Decimal
    on_day: date | None


def falling_by(steps, owed, kept, day):
    found = zip(steps, parts(steps, owed, kept), strict=True)
    return sum((part.falling for step, part in found if step.on_day and step.on_day <= day), ZERO)


def test_what_was_paid_for_a_deposit_pays_for_no_later_step():
    steps = [Step(Decimal(30), None), Step(Decimal(70), MAY)]

    deposit, balance = parts(steps, owed=Decimal(70), kept=Decimal(30))

    assert (deposit.open, deposit.falling) == (0, 0)
    assert (balance.open, balance.falling) == (70, 70)


def test_what_was_credited_does_not_fall_due():
    [only] = parts([Step(Decimal(100), MAY)], owed=Decimal(40), kept=ZERO)

    assert only.falling == 40


@given(st.lists(st.builds(Step, amounts, st.none() | days), max_size=6), amounts, amounts)
def test_no_more_falls_due_than_is_owed_or_open(steps, owed, kept):
    found = parts(steps, owed, kept)

    assert all(part.falling >= ZERO for part in found)
    assert sum((part.falling for part in found), ZERO) <= owed
    planned = sum((step.amount for step in steps), ZERO)
    assert sum((part.open for part in found), ZERO) == max(ZERO, planned - kept)


@given(st.lists(st.tuples(amounts, days), max_size=6), amounts, amounts, days)
def test_with_days_throughout_it_is_what_was_to_be_paid_less_what_was(plan, owed, kept, day):
    steps = [Step(*each) for each in sorted(plan, key=lambda each: each[1])]

    due = sum((step.amount for step in steps if step.on_day <= day), ZERO)
    assert falling_by(steps, owed, kept, day) == max(ZERO, min(owed, due - kept))
