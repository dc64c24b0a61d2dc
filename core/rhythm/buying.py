"""How often each customer will buy in the weeks to come, and whether she still comes at all.

A repeat-buying model. Every customer has a pace, a regularity and a chance to leave after each
purchase; which of these occur how often is learned from the whole shop, on a grid, without
assuming a form (nonparametric maximum likelihood by expectation maximisation). With regularity 1
it is the situation that BG/NBD describes; more lets a silence of a regular customer tell earlier
that she is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, lgamma, log, sqrt
from typing import NamedTuple

#: Intervals are sums of so many equal chances: 1 is pure chance, 10 nearly a clock.
REGULARITIES = (1, 2, 4, 10)
MEAN_DAYS = tuple(3.0 * 1.45**step for step in range(18))
LEAVING = (0.02, 0.1, 0.25, 0.5, 0.8)
_ROUNDS = 25
#: What is assumed before anything is seen, in customers.
_ASSUMED = 5.0
#: A pace whose logarithmic likelihood lies so far below the best is not looked at.
_FAR = 16.0
_LEAST = 1e-3
_TAIL = 1e-4


class Pace(NamedTuple):
    """How regularly and how often somebody buys."""

    regularity: int
    mean_days: float

    @property
    def rate(self) -> float:
        """The rate of the chances of which an interval is made."""
        return self.regularity / self.mean_days


PACES = tuple(Pace(regularity, days) for regularity in REGULARITIES for days in MEAN_DAYS)


class Summary(NamedTuple):
    """All that the model needs of a customer: several purchases on one day are one."""

    repeats: int
    #: The sum of the logarithms of her intervals.
    log_gaps: float
    #: From the first purchase to the last.
    span: int
    #: From the last purchase to now.
    silent: int


def summary_of(days: Sequence[int], today: int) -> Summary:
    """Return the summary of purchases on these days, each once and in order."""
    gaps = [later - earlier for earlier, later in pairwise(days)]
    logs = sum(log(gap) for gap in gaps)
    return Summary(len(gaps), round(logs, 6), days[-1] - days[0], today - days[-1])


class _Fit(NamedTuple):
    """How well one pace fits a customer, to a factor, and whether it bears her silence."""

    place: int
    likelihood: float
    silence: float


#: What the density of an interval is made of, for each pace.
_DENSITIES = [
    (pace.regularity * log(pace.rate) - lgamma(pace.regularity), pace.regularity - 1, pace.rate)
    for pace in PACES
]


def _fits(told: Summary) -> list[_Fit]:
    repeats, gaps, span, silent = told
    logs = [repeats * constant + power * gaps - rate * span for constant, power, rate in _DENSITIES]
    best = max(logs)
    return [
        _Fit(place, exp(each - best), _no_purchase(PACES[place], silent))
        for place, each in enumerate(logs)
        if each > best - _FAR
    ]


@lru_cache(maxsize=65536)
def _no_purchase(pace: Pace, days: int) -> float:
    """The chance that an interval is longer than so many days."""
    return exp(-pace.rate * days) * sum(_phases(pace, days))


def _phases(pace: Pace, days: int) -> list[float]:
    """How far she has come to her next purchase, after so many days: relative chances."""
    found = [1.0]
    for step in range(1, pace.regularity):
        found.append(found[-1] * pace.rate * days / step)
    return found


def _stays(told: Summary) -> list[float]:
    """How likely it is, by the chance to leave, that she has stayed until her last purchase."""
    return [(1.0 - chance) ** told.repeats for chance in LEAVING]


@dataclass(frozen=True)
class Shop:
    """The customers of a shop: how often each kind occurs, by pace and by chance to leave."""

    shares: tuple[tuple[float, ...], ...]

    def alive(self, told: Summary) -> float:
        """Return the chance that a customer has not left."""
        return sum(chance for _place, _leaving, chance in self.kinds(told))

    def silence(self, told: Summary, chance: float, longest: int) -> int | None:
        """Return after how many silent days so little chance is left that she still comes.

        None when it is more even after the longest silence looked at.
        """
        left, paces = 0.0, []
        for place, likelihood, _none in _fits(told._replace(silent=0)):
            here = [
                share * each for share, each in zip(self.shares[place], _stays(told), strict=True)
            ]
            gone = sum(each * chance for each, chance in zip(here, LEAVING, strict=True))
            left += likelihood * gone
            paces.append((PACES[place], likelihood * (sum(here) - gone)))

        def alive(silent: int) -> float:
            still = sum(each * _no_purchase(pace, silent) for pace, each in paces)
            return still / (left + still)

        low, high = 0, longest
        if alive(high) >= chance:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if alive(middle) < chance else (middle, high)
        return high

    def kinds(self, told: Summary) -> list[tuple[int, int, float]]:
        """Return what she may be: places of pace and of leaving, chance to be it and alive."""
        found, total, stays = [], 0.0, _stays(told)
        for place, likelihood, silence in _fits(told):
            shares = self.shares[place]
            for leaving, chance in enumerate(LEAVING):
                here = shares[leaving] * likelihood * stays[leaving]
                still = here * (1.0 - chance) * silence
                total += here * chance + still
                found.append((place, leaving, still))
        return [(p, q, still / total) for p, q, still in found if still > _LEAST * total]


#: Nothing is known: every kind alike.
UNKNOWN = Shop(((1 / (len(PACES) * len(LEAVING)),) * len(LEAVING),) * len(PACES))


def learned(told: Mapping[Summary, float]) -> Shop:
    """Return what these customers say about the shop: summaries, each with how many have it."""
    rows = [(_row(each), count) for each, count in told.items()]
    shares = [share for row in UNKNOWN.shares for share in row]
    for _ in range(_ROUNDS):
        counts = [_ASSUMED / len(shares)] * len(shares)
        for (begin, likelihoods), count in rows:
            joint = [s * v for s, v in zip(shares[begin:], likelihoods, strict=False)]
            factor = count / sum(joint)
            for place, each in enumerate(joint, begin):
                counts[place] += factor * each
        total = sum(counts)
        shares = [each / total for each in counts]
    width = len(LEAVING)
    return Shop(tuple(tuple(shares[at : at + width]) for at in range(0, len(shares), width)))


def _row(told: Summary) -> tuple[int, list[float]]:
    """The likelihood of each kind of customer, from the first that comes into question on."""
    fits, stays = _fits(told), _stays(told)
    begin, width = fits[0].place, len(LEAVING)
    found = [0.0] * ((fits[-1].place - begin + 1) * width)
    for place, likelihood, silence in fits:
        at = (place - begin) * width
        for leaving, chance in enumerate(LEAVING):
            found[at + leaving] = likelihood * stays[leaving] * (chance + (1.0 - chance) * silence)
    return begin * width, found


class Outlook(NamedTuple):
    """What is to be expected of one customer."""

    #: The mean: may be added up over customers.
    mean: float
    #: The number that she is as likely to exceed as to fall short of: the least error for one.
    median: int


class Weeks:
    """The purchases of customers of a shop in so many days from now."""

    def __init__(self, shop: Shop, days: int) -> None:
        self._shop, self._days = shop, days
        self._tails: dict[tuple[int, int, int], list[float]] = {}
        self._chances: dict[int, list[float]] = {}

    def outlook(self, told: Summary) -> Outlook:
        """Return what is to be expected of a customer."""
        tail: list[float] = []
        for place, leaving, chance in self._shop.kinds(told):
            phases = _phases(PACES[place], told.silent)
            total = sum(phases)
            for phase, each in enumerate(phases):
                _add(tail, self._tail(place, leaving, phase), chance * each / total)
        return Outlook(sum(tail), sum(1 for each in tail if each > 0.5))

    def _tail(self, place: int, leaving: int, phase: int) -> list[float]:
        """The chances of at least one, two, three … purchases of somebody who is alive."""
        key = (place, leaving, phase)
        found = self._tails.get(key)
        if found is None:
            found = self._tails[key] = self._reckoned(*key)
        return found

    def _reckoned(self, place: int, leaving: int, phase: int) -> list[float]:
        shape, stays = PACES[place].regularity, 1.0 - LEAVING[leaving]
        at_least = self._at_least(place)
        found: list[float] = []
        for needed in range(shape - phase, len(at_least), shape):
            each = at_least[needed] * stays ** len(found)
            if each < _TAIL:
                break
            found.append(each)
        return found

    def _at_least(self, place: int) -> list[float]:
        """The chance of at least so many of the chances of which intervals are made."""
        found = self._chances.get(place)
        if found is None:
            found = self._chances[place] = _poisson_tail(PACES[place].rate * self._days)
        return found


def _poisson_tail(mean: float) -> list[float]:
    most = int(mean + 10.0 * sqrt(mean) + 20.0)
    left, found = 1.0, []
    for number in range(most):
        found.append(left)
        left = max(left - exp(number * log(mean) - mean - lgamma(number + 1)), 0.0)
    return found


def _add(tail: list[float], more: Iterable[float], factor: float) -> None:
    for place, each in enumerate(more):
        if place == len(tail):
            tail.append(0.0)
        tail[place] += factor * each
