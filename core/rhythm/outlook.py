"""The day to name when only the chances of all days are known."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: A reminder within a week of the day is of use.
WEEK = 7.0
#: What a day in the week counts beside a day less of error, each as a part of the best possible.
#: The median alone would have the least error in days but would hit fewer weeks (made-up shops).
HIT = 0.25
_COARSE, _FINE = 12, 22
_EDGE = 0.04


class Named(NamedTuple):
    """The day to name, from now, and the chance that it is right to a week."""

    days: float
    chance: float


class _Slice(NamedTuple):
    begin: float
    end: float
    mass: float

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2


def best_day(left: Callable[[float], float], horizon: float) -> Named | None:
    """Name the day with the smallest error to be expected, in days and in missed weeks.

    Args:
        left: the chance, to a factor, that she has not come after so many days.
        horizon: it is known that she comes within so many days.

    Returns:
        None when she cannot come within the horizon.
    """
    edges = [horizon * (place / _COARSE) ** 2.5 for place in range(_COARSE + 1)]
    coarse = _slices(left, edges)
    total = sum(each.mass for each in coarse)
    if total <= 0.0:
        return None
    begin, end = _quantile(coarse, _EDGE * total), _quantile(coarse, (1 - _EDGE) * total)
    step = (end - begin) / _FINE
    fine = _slices(left, [0.0, *(begin + step * i for i in range(_FINE + 1)), horizon])
    days = _days(fine)
    near = [_near(each.middle, fine) for each in fine]
    fewest, most = min(days), max(near)
    costs = [d / fewest - HIT * n / most for d, n in zip(days, near, strict=True)]
    place = costs.index(min(costs))
    return Named(fine[place].middle, near[place] / total)


def _slices(left: Callable[[float], float], edges: Sequence[float]) -> list[_Slice]:
    found = []
    begin, before = edges[0], left(edges[0])
    for end in edges[1:]:
        after = left(end)
        found.append(_Slice(begin, end, max(before - after, 0.0)))
        begin, before = end, after
    return found


def _quantile(slices: Sequence[_Slice], wanted: float) -> float:
    passed = 0.0
    for each in slices:
        if each.mass and passed + each.mass >= wanted:
            return each.begin + (each.end - each.begin) * (wanted - passed) / each.mass
        passed += each.mass
    return slices[-1].end


def _days(slices: Sequence[_Slice]) -> list[float]:
    """Return the error in days to be expected, to a factor, of naming the middle of each."""
    whole = sum(each.mass for each in slices)
    moment = sum(each.mass * each.middle for each in slices)
    found, before, moment_before = [], 0.0, 0.0
    for each in slices:
        day = each.middle
        before += each.mass
        moment_before += each.mass * day
        found.append(day * (2 * before - whole) + moment - 2 * moment_before)
    return found


def _near(day: float, slices: Sequence[_Slice]) -> float:
    low, high = day - WEEK, day + WEEK
    return sum(
        each.mass * (min(each.end, high) - max(each.begin, low)) / (each.end - each.begin)
        for each in slices
        if each.begin < high and each.end > low
    )
