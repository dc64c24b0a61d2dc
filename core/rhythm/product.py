"""What all customers together say about a product: the average to which the few are drawn.

Empirical Bayes: the spread of customers around the average, and the share of each habit, are
learned from those who came back; a new product begins with what the whole shop says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from statistics import fmean

from core.rhythm.habits import HABITS, Habit, Pace, believe
from core.rhythm.purchases import Course
from core.rhythm.shapes import digamma, weight_of_spread

#: The shares of the habits converge within a few rounds.
_ROUNDS = 15
#: What the shop says counts as much as so many customers of the product itself.
_SHOP_COUNTS = 4.0
#: A chance that she never comes back, so that a long silence does not distort her rhythm.
_GONE = 0.1
_LEAST_SPREAD, _MOST_SPREAD = 0.02, 1.2


@dataclass(frozen=True)
class Product:
    """The rhythm of a product's customers."""

    #: Mean and variance of the logarithm of the customers' mean intervals, in days.
    centre: float
    spread: float
    typical_quantity: float
    #: The share of customers with each of HABITS.
    shares: tuple[float, ...]
    #: From how many customers this was learned.
    customers: int = 0
    #: How far ahead anything can be said: as far as the history reaches back.
    horizon: int = 365
    #: Said by the company, not learned from the customers.
    stated: bool = False

    @property
    def usual_days(self) -> float:
        """The days that pass between two purchases of an average customer."""
        return exp(self.centre)

    @property
    def pace(self) -> Pace:
        """The prior for a customer of whom nothing is known."""
        weight = weight_of_spread(self.spread)
        return Pace(weight, exp(self.centre + digamma(weight)), self.typical_quantity)

    @property
    def habits(self) -> list[tuple[Habit, float]]:
        """The habits that occur, each with its share."""
        least = max(self.shares) / 200
        return [(h, share) for h, share in zip(HABITS, self.shares, strict=True) if share > least]


#: Nothing is known: a month or two, give or take a factor of three.
UNKNOWN = Product(
    centre=log(45.0),
    spread=1.0,
    typical_quantity=1.0,
    shares=(1 / len(HABITS),) * len(HABITS),
)


def learned(courses: Iterable[Course], horizon: int, like: Product = UNKNOWN) -> Product:
    """Return what these customers say about a product; `like` is what the whole shop says."""
    told = [each for each in courses if len(each.days) > 1]
    if not told:
        return replace(like, horizon=horizon)
    centre, spread = _centre_and_spread(told, like)
    sizes = [log(each) for course in told for each in course.quantities]
    found = replace(
        like,
        centre=centre,
        spread=min(max(spread, _LEAST_SPREAD), _MOST_SPREAD),
        typical_quantity=exp(fmean(sizes)),
        customers=len(told),
        horizon=horizon,
    )
    return replace(found, shares=_shares(told, found, like))


def _centre_and_spread(told: Sequence[Course], like: Product) -> tuple[float, float]:
    """Mean and variance of log mean intervals, without what chance adds to the variance."""
    chance = _chance(told)
    weights = [len(each.gaps) / (len(each.gaps) + 2.0) for each in told]
    means = [log(fmean(each.gaps)) for each in told]
    total = sum(weights) + 1.0
    centre = (sum(w * m for w, m in zip(weights, means, strict=True)) + like.centre) / total
    seen = sum(
        w * ((m - centre) ** 2 - chance / len(course.gaps))
        for w, m, course in zip(weights, means, told, strict=True)
    )
    return centre, (seen + like.spread) / total


def _chance(told: Sequence[Course]) -> float:
    """The squared coefficient of variation of single intervals around a customer's mean."""
    found, degrees = 0.5, 1
    for course in told:
        gaps = course.gaps
        if len(gaps) > 1:
            mean = fmean(gaps)
            found += sum((gap / mean - 1.0) ** 2 for gap in gaps)
            degrees += len(gaps) - 1
    return min(found / degrees, 1.0)


def _shares(told: Sequence[Course], found: Product, like: Product) -> tuple[float, ...]:
    """The shares under which what was seen is most probable (expectation maximisation)."""
    pace = found.pace
    likelihoods = [_likelihoods(course, pace) for course in told]
    shares = like.shares
    for _ in range(_ROUNDS):
        counts = [_SHOP_COUNTS * share for share in like.shares]
        for row in likelihoods:
            joint = [share * each for share, each in zip(shares, row, strict=True)]
            all_ = sum(joint)
            for place, each in enumerate(joint):
                counts[place] += each / all_
        all_ = sum(counts)
        shares = tuple(count / all_ for count in counts)
    return shares


def _likelihoods(course: Course, pace: Pace) -> list[float]:
    """How probable a customer's purchases and her silence are under each habit, to a factor."""
    logs = []
    for habit in HABITS:
        belief = believe(habit, course, pace)
        silence = _GONE + (1.0 - _GONE) * belief.longer_than(course.silent)
        logs.append(belief.evidence + log(silence))
    best = max(logs)
    return [max(exp(each - best), 1e-12) for each in logs]


def lasting(product: Product, days_per_pack: float, household_size: int = 1) -> Product:
    """Return the product as it is used up by a household: a pack lasts one person so long."""
    shares = [
        share if habit.by_quantity == 1.0 else 0.0
        for habit, share in zip(HABITS, product.shares, strict=True)
    ]
    total = sum(shares)
    return replace(
        product,
        centre=log(days_per_pack * product.typical_quantity / household_size),
        spread=0.15,
        shares=tuple(share / total for share in shares),
        stated=True,
    )
