"""The ways in which people come back, and what is believed of one customer in each of them.

A habit says how regular the intervals are, whether a larger quantity lasts longer, and whether
what is long ago still counts. What a customer's intervals say about each habit, and about her
pace in it, is reckoned interval by interval, so that a change of pace is followed.
"""

from itertools import product
from math import exp, log
from typing import NamedTuple

from core.rhythm.purchases import Course
from core.rhythm.shapes import log_density, survival

#: How often an interval has another cause than her rhythm: a holiday, a gift, a second trip.
ODD = 0.05
#: How much longer than the usual one such an interval is on average.
ODD_LENGTH = 3.0
_TINY = 1e-300


class Habit(NamedTuple):
    """One way of coming back."""

    #: 1 is chance, 40 is a clock (see shapes.py).
    regularity: float
    #: The interval grows with this power of the quantity: 0 not at all, 1 in proportion.
    by_quantity: float
    #: What an interval still counts when the next has come: 1 all, less when the pace drifts.
    memory: float


HABITS = tuple(
    Habit(*each) for each in product((0.6, 1.0, 1.7, 4.0, 12.0, 40.0), (0.0, 0.5, 1.0), (1.0, 0.75))
)


class Pace(NamedTuple):
    """The interval of an average customer for a typical quantity, and how customers differ.

    The mean interval of a customer is inverse Gamma distributed with these parameters.
    """

    weight: float
    scale: float
    typical_quantity: float


class Belief(NamedTuple):
    """What one habit makes of a customer: how well it fits, and the interval to come."""

    habit: Habit
    evidence: float
    weight: float
    scale: float
    #: By how much her last quantity stretches the interval.
    stretch: float

    @property
    def interval(self) -> float:
        """About how long the interval to come is."""
        return self.stretch * self.habit.regularity * self.scale / self.weight

    def longer_than(self, days: float) -> float:
        """Return the probability that the interval to come is longer than so many days."""
        rest, shape = days / self.stretch, self.habit.regularity
        odd = exp(-rest / (ODD_LENGTH * shape * self.scale / self.weight))
        return (1.0 - ODD) * survival(rest, shape, self.weight, self.scale) + ODD * odd


def believe(habit: Habit, course: Course, pace: Pace) -> Belief:
    """Return what is believed of a customer after these purchases if this is her habit."""
    shape, power, memory = habit
    stretches = [(each / pace.typical_quantity) ** power for each in course.quantities]
    evidence = seen = spent = 0.0
    own_scale = pace.scale / shape
    for gap, stretch in zip(course.gaps, stretches, strict=False):
        days = gap / stretch
        weight, scale = pace.weight + shape * seen, own_scale + spent
        usual = (1.0 - ODD) * exp(log_density(days, shape, weight, scale))
        length = ODD_LENGTH * shape * scale / weight
        either = usual + ODD * exp(-days / length) / length + _TINY
        evidence += log(either) - log(stretch)
        # An odd interval says little about her pace: it counts as far as it may be a usual one.
        told = usual / either
        seen = memory * seen + told
        spent = memory * spent + told * days
    weight, scale = pace.weight + shape * seen, own_scale + spent
    return Belief(habit, evidence, weight, scale, stretches[-1])
