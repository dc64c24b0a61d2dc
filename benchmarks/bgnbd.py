"""The BG/NBD model, as the measure of a repeat-buying forecast.

Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), "Counting Your Customers" the Easy Way: An
Alternative to the Pareto/NBD Model, Marketing Science 24(2), 275-284: the likelihood is their
equation (6), the expected number of purchases of one customer their equation (10).
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp, lgamma, log
from typing import NamedTuple

Vector = list[float]


class Seen(NamedTuple):
    """A customer: repeat purchases, age at the last of them, age now; in weeks."""

    x: int
    t_x: float
    age: float


def fit(customers: Mapping[Seen, int]) -> Vector:
    """Return r, alpha, a and b of greatest likelihood."""
    begin = [log(each) for each in (0.3, 5.0, 0.8, 2.5)]
    return [exp(each) for each in minimum(lambda at: -_log_likelihood(at, customers), begin)]


def _log_likelihood(at: Sequence[float], customers: Mapping[Seen, int]) -> float:
    # Beyond these bounds nothing changes any more, but exp() overflows.
    r, alpha, a, b = (exp(min(max(each, -12.0), 12.0)) for each in at)
    total = 0.0
    for (x, t_x, age), count in customers.items():
        both = lgamma(r + x) - lgamma(r) + r * log(alpha)
        both += lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x)
        alive = -(r + x) * log(alpha + age)
        if x:
            gone = log(a / (b + x - 1)) - (r + x) * log(alpha + t_x)
            best = max(alive, gone)
            alive = best + log(exp(alive - best) + exp(gone - best))
        total += count * (both + alive)
    return total


def expected(model: Sequence[float], seen: Seen, weeks: float) -> float:
    """Return how many purchases are expected in so many weeks from now."""
    r, alpha, a, b = model
    x, t_x, age = seen
    series = _hypergeometric(r + x, b + x, a + b + x - 1, weeks / (alpha + age + weeks))
    still = 1 - ((alpha + age) / (alpha + age + weeks)) ** (r + x) * series
    gone = a / (b + x - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x) if x else 0.0
    return (a + b + x - 1) / (a - 1) * still / (1 + gone)


def _hypergeometric(a: float, b: float, c: float, z: float) -> float:
    term = total = 1.0
    for step in range(5000):
        term *= (a + step) * (b + step) / ((c + step) * (step + 1)) * z
        total += term
        if abs(term) < 1e-12 * abs(total):
            break
    return total


def minimum(function: Callable[[Vector], float], begin: Vector, rounds: int = 200) -> Vector:
    """Return where a function is least, by the method of Nelder and Mead."""
    corners = [begin, *([*begin[:i], v + 0.5, *begin[i + 1 :]] for i, v in enumerate(begin))]
    simplex = sorted((function(each), each) for each in corners)
    for _ in range(rounds):
        if simplex[-1][0] - simplex[0][0] < 1e-5:
            break
        simplex = sorted(_better(function, simplex))
    return simplex[0][1]


def _better(
    function: Callable[[Vector], float], simplex: list[tuple[float, Vector]]
) -> list[tuple[float, Vector]]:
    *kept, (worst, corner) = simplex
    middle = [sum(column) / len(kept) for column in zip(*(at for _, at in kept), strict=True)]

    def tried(far: float) -> tuple[float, Vector]:
        at = [m + far * (c - m) for m, c in zip(middle, corner, strict=True)]
        return function(at), at

    mirrored = tried(-1.0)
    if mirrored[0] < kept[0][0]:
        return [*kept, min(mirrored, tried(-2.0))]
    if mirrored[0] < kept[-1][0]:
        return [*kept, mirrored]
    closer = tried(0.5 if mirrored[0] >= worst else -0.5)
    if closer[0] < min(worst, mirrored[0]):
        return [*kept, closer]
    best = kept[0][1]
    halves = [[(b + v) / 2 for b, v in zip(best, at, strict=True)] for _, at in simplex[1:]]
    return [kept[0], *((function(at), at) for at in halves)]
