"""How likely an interval is when neither its mean nor its regularity is known exactly.

An interval between two purchases is taken as Gamma distributed: `shape` 1 is pure chance, a high
shape is a clock. Its rate is not known but has a Gamma distribution itself, which every interval
seen makes narrower (a conjugate prior). The interval to come then is a scaled beta prime:

    D / scale ~ BetaPrime(shape, weight)
"""

from functools import lru_cache
from math import exp, lgamma, log, sqrt

_STEPS = 200
_EXACT = 1e-6
_LARGE = 8.0
_HALVINGS = 50

log_gamma = lru_cache(maxsize=4096)(lgamma)


def log_density(days: float, shape: float, weight: float, scale: float) -> float:
    """Return the logarithm of the density of an interval of so many days."""
    return (
        (shape - 1.0) * log(days)
        + weight * log(scale)
        - (weight + shape) * log(scale + days)
        + lgamma(weight + shape)
        - lgamma(weight)
        - log_gamma(shape)
    )


def survival(days: float, shape: float, weight: float, scale: float) -> float:
    """Return the probability that the interval is longer than so many days."""
    if days <= 0.0:
        return 1.0
    left = scale / (scale + days)
    return float(left**weight) if shape == 1.0 else incomplete_beta(weight, shape, left)


@lru_cache(maxsize=4096)
def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(a * log(x) + b * log(1.0 - x) - _log_beta(a, b))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's method for the continued fraction (DLMF 8.17.22).

    Where it is asked, x < (a + 1) / (a + b + 2), its denominators stay away from zero.
    """
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, _STEPS):
        even = a + 2 * m
        up = m * (b - m) * x / ((even - 1.0) * even)
        d = 1.0 / (1.0 + up * d)
        c = 1.0 + up / c
        value *= d * c
        down = -(a + m) * (a + b + m) * x / (even * (even + 1.0))
        d = 1.0 / (1.0 + down * d)
        c = 1.0 + down / c
        step = d * c
        value *= step
        if -_EXACT < step - 1.0 < _EXACT:
            break
    return value


def digamma(x: float) -> float:
    """Return the derivative of log gamma, by its asymptotic series."""
    shift = 0.0
    while x < _LARGE:
        shift -= 1.0 / x
        x += 1.0
    square = 1.0 / (x * x)
    return shift + log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))


def trigamma(x: float) -> float:
    """Return the second derivative of log gamma, by its asymptotic series."""
    shift = 0.0
    while x < _LARGE:
        shift += 1.0 / (x * x)
        x += 1.0
    square = 1.0 / (x * x)
    return shift + 1.0 / x + 0.5 * square + square / x * (1 / 6 - square * (1 / 30 - square / 42))


def weight_of_spread(variance: float) -> float:
    """Return for which weight the logarithm of a mean interval has this variance."""
    low, high = 1e-2, 1e4
    for _ in range(_HALVINGS):
        middle = sqrt(low * high)
        low, high = (middle, high) if trigamma(middle) > variance else (low, middle)
    return middle
