"""The day of the next purchase: it follows her own rhythm, and does not let itself be confused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rhythm.product import UNKNOWN, learned
from core.rhythm.purchases import Purchase, course_of
from core.rhythm.runout import expect

START = date(2026, 1, 1)
GAPS = st.lists(st.integers(1, 200), min_size=0, max_size=12)
QUANTITIES = st.lists(st.integers(1, 20), min_size=13, max_size=13)


def bought(gaps, quantities=None, start=START):
    """Purchases with these days between them."""
    days = [start]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    return [
        Purchase(day, Decimal(quantity))
        for day, quantity in zip(days, quantities or [1] * len(days), strict=False)
    ]


def days_to_next(purchases, product=UNKNOWN, waited=0, **more):
    """Days from the last purchase to the expected one."""
    last = purchases[-1].day
    found = expect(purchases, product, last + timedelta(days=waited), **more)
    return (found.next_on - last).days


@pytest.fixture(scope="module")
def by_quantity():
    """A product of which a pack lasts some fifteen days, whoever buys it."""
    courses = []
    for customer in range(30):
        quantities = [1 + (customer + at) % 4 for at in range(9)]
        gaps = [q * 15 + (customer * 7 + at * 5) % 7 - 3 for at, q in enumerate(quantities[:-1])]
        purchases = bought(gaps, quantities)
        courses.append(course_of(purchases, purchases[-1].day))
    return learned(courses, 365)


def test_who_buys_every_month_is_expected_after_a_month():
    assert 28 <= days_to_next(bought([30, 31, 29, 30, 30])) <= 32


def test_a_holiday_does_not_move_the_day_far():
    usual = days_to_next(bought([30, 31, 29, 30, 30, 31, 30]))
    after_a_holiday = days_to_next(bought([30, 31, 29, 75, 30, 31, 30]))

    assert abs(after_a_holiday - usual) <= 3


def test_a_pace_that_has_changed_is_followed():
    assert days_to_next(bought([60, 60, 60, 30, 30, 30, 30, 30])) <= 36


def test_twice_as_much_lasts_twice_as_long_where_history_shows_it(by_quantity):
    gaps, quantities = [15, 30, 15, 45, 30], [1, 2, 1, 3, 2]
    one = days_to_next(bought(gaps, [*quantities, 1]), by_quantity)
    four = days_to_next(bought(gaps, [*quantities, 4]), by_quantity)

    assert 12 <= one <= 18
    assert 50 <= four <= 70


def test_who_comes_each_month_whatever_she_takes_keeps_coming():
    purchases = bought([30, 30, 31, 29, 30, 30, 30, 31], [1, 4, 1, 6, 2, 1, 5, 1, 6])

    assert 27 <= days_to_next(purchases) <= 34


def test_after_one_purchase_the_products_average_counts(by_quantity):
    found = expect(bought([], [2]), by_quantity, START)

    assert found.basis == "product"
    assert 24 <= (found.next_on - START).days <= 36


def test_the_household_counts_where_she_has_no_rhythm_yet(by_quantity):
    alone = expect(bought([], [2]), by_quantity, START, household_size=1, days_per_pack=60)
    family = expect(bought([], [2]), by_quantity, START, household_size=4, days_per_pack=60)

    assert alone.basis == family.basis == "household"
    assert 95 <= (alone.next_on - START).days <= 140
    assert 24 <= (family.next_on - START).days <= 36


def test_her_own_rhythm_outweighs_her_household():
    found = days_to_next(bought([20] * 10), household_size=1, days_per_pack=60)

    assert found <= 24


def test_a_product_that_nobody_knows_is_said_to_be_unknown():
    found = expect(bought([]), UNKNOWN, START)

    assert found.basis == "unknown"
    assert found.confidence < 0.3


def test_a_regular_customer_is_expected_with_more_confidence():
    clock = bought([30, 30, 30, 31, 30, 29, 30])
    chance = bought([3, 90, 12, 50, 7, 41, 20])

    def sure(purchases):
        return expect(purchases, UNKNOWN, purchases[-1].day).confidence

    assert sure(clock) > 0.6 > 2 * sure(chance)


def test_what_came_after_today_is_not_looked_at():
    purchases = bought([30, 30, 30, 5])
    today = purchases[-2].day

    seen, unseen = expect(purchases, UNKNOWN, today), expect(purchases[:-1], UNKNOWN, today)
    assert (seen.next_on, seen.confidence) == (unseen.next_on, unseen.confidence)


def test_who_never_bought_cannot_be_expected():
    with pytest.raises(ValueError, match="nothing was bought"):
        expect([], UNKNOWN, START)


def test_the_reason_is_said_in_the_readers_language(app):
    from flask_babel import force_locale

    reason = expect(bought([30, 32, 31], [1, 1, 1, 2]), UNKNOWN, date(2026, 4, 10)).reason

    with app.app_context(), force_locale("en"):
        assert str(reason) == ("Bought every 31 days on average, last on Apr 4, 2026, quantity 2.")
    with app.app_context(), force_locale("zh_Hans_CN"):
        assert str(reason) == "平均每 31 天购买一次，上次 2026年4月4日，数量 2。"


@settings(max_examples=25, deadline=None)
@given(GAPS, QUANTITIES, st.integers(0, 2000))
def test_it_is_never_in_the_past_and_its_chance_is_one(gaps, quantities, waited):
    purchases = bought(gaps, quantities)
    today = purchases[-1].day + timedelta(days=waited)

    found = expect(purchases, UNKNOWN, today)

    assert found.next_on > today
    assert 0.0 <= found.confidence <= 1.0 + 1e-9


@settings(max_examples=20, deadline=None)
@given(GAPS, QUANTITIES, st.integers(0, 300), st.integers(1, 5000))
def test_it_moves_with_the_calendar(gaps, quantities, waited, later):
    early = bought(gaps, quantities)
    late = bought(gaps, quantities, START + timedelta(days=later))

    assert days_to_next(early, waited=waited) == days_to_next(late, waited=waited)


@settings(max_examples=20, deadline=None)
@given(GAPS, QUANTITIES, st.integers(1, 30))
def test_more_never_lasts_shorter(by_quantity, gaps, quantities, more):
    quantities = quantities[: len(gaps) + 1]
    larger = [*quantities[:-1], quantities[-1] + more]
    shorter = days_to_next(bought(gaps, quantities), by_quantity)

    # The named day is found on a grid: it may fall one step lower.
    assert days_to_next(bought(gaps, larger), by_quantity) >= shorter * 0.9 - 2


@settings(max_examples=20, deadline=None)
@given(st.integers(10, 60), st.integers(0, 5), st.integers(2, 5))
def test_one_odd_interval_does_not_move_it_far(usual, place, times):
    gaps = [usual + each for each in (0, 1, -1, 0, 2, -1, 0, 1)]
    odd = [*gaps]
    odd[place] = usual * times

    assert abs(days_to_next(bought(odd)) - days_to_next(bought(gaps))) <= 0.25 * usual + 2
