"""When a customer will have used up what she bought, so that she is asked before it is empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import Literal

from flask_babel import LazyString

from core.rhythm import reasons
from core.rhythm.habits import Belief, believe
from core.rhythm.outlook import best_day
from core.rhythm.product import Product, lasting
from core.rhythm.purchases import Course, Purchase, course_of

Basis = Literal["rhythm", "household", "product", "unknown"]
_Weighed = list[tuple[float, Belief]]
#: So many intervals are a rhythm of her own.
_RHYTHM = 2
#: A habit this much less likely than the best is left out.
_LEAST = 0.05
#: It is said that a quantity counts when it is so probable.
_SURELY = 0.75
#: She may come within this many of her own intervals, however short the history is.
_AHEAD = 1.5
#: A day has passed when it is over.
_HALF_A_DAY = 0.5


@dataclass(frozen=True)
class Expectation:
    """The next purchase of a product by a customer."""

    #: The day; it lies after today, because she has not bought until today.
    next_on: date
    #: The chance that this is right to a week, given that she comes back at all.
    confidence: float
    #: Why, in words; translated when it is shown.
    reason: LazyString
    #: What it rests on: her own rhythm, the size of her household, all customers, or nothing yet.
    basis: Basis


def expect(
    purchases: Iterable[Purchase],
    product: Product,
    today: date,
    *,
    household_size: int | None = None,
    days_per_pack: float | None = None,
) -> Expectation:
    """Say when she will buy the product again, knowing that she has not until today.

    Args:
        purchases: hers of this product; what lies after today is not looked at.
        product: what all its customers say (core.rhythm.product.learned).
        today: the day of looking.
        household_size: how many use it; counts together with `days_per_pack`.
        days_per_pack: how long one unit lasts one person, if the company knows it.

    Raises:
        ValueError: when she has never bought it.
    """
    course = course_of(purchases, today)
    if days_per_pack is not None:
        product = lasting(product, days_per_pack, household_size or 1)
    beliefs = _beliefs(course, product)
    silent = course.silent + _HALF_A_DAY

    def left(days: float) -> float:
        return sum(chance * each.longer_than(silent + days) for chance, each in beliefs)

    named = best_day(left, max(product.horizon, _AHEAD * _interval(beliefs)))
    days = max(1, round(named.days + _HALF_A_DAY)) if named else product.horizon
    basis = _basis(course, product)
    return Expectation(
        next_on=date.fromordinal(today.toordinal() + days),
        confidence=named.chance if named else 0.0,
        reason=_reason(basis, course, product, beliefs, household_size or 1),
        basis=basis,
    )


def _beliefs(course: Course, product: Product) -> _Weighed:
    """What each habit says, with its chance after her purchases and her silence."""
    pace = product.pace
    found = [(log(share), believe(habit, course, pace)) for habit, share in product.habits]
    best = max(share + belief.evidence for share, belief in found)
    weighed = [(exp(share + belief.evidence - best), belief) for share, belief in found]
    silent = [chance * belief.longer_than(course.silent) for chance, belief in weighed]
    least = _LEAST * max(silent)
    return [pair for pair, left in zip(weighed, silent, strict=True) if left >= least]


def _interval(beliefs: _Weighed) -> float:
    """The interval that is to be expected after her last quantity."""
    total = sum(chance for chance, _each in beliefs)
    return sum(chance * each.interval for chance, each in beliefs) / total


def _basis(course: Course, product: Product) -> Basis:
    if len(course.gaps) >= _RHYTHM:
        return "rhythm"
    if product.stated:
        return "household"
    return "product" if product.customers else "unknown"


def _reason(
    basis: Basis,
    course: Course,
    product: Product,
    beliefs: _Weighed,
    household_size: int,
) -> LazyString:
    if basis == "rhythm":
        return reasons.rhythm(course, by_quantity=_lasts_by_quantity(course, beliefs))
    if basis == "household":
        return reasons.household(course, product, household_size)
    return reasons.product(course, product) if basis == "product" else reasons.unknown(course)


def _lasts_by_quantity(course: Course, beliefs: _Weighed) -> bool:
    """Whether her own purchases show that more lasts longer."""
    if len(set(course.quantities[:-1])) == 1:
        return False
    growing = sum(chance for chance, each in beliefs if each.habit.by_quantity > 0.0)
    return growing > _SURELY * sum(chance for chance, _each in beliefs)
