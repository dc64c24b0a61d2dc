"""What a customer bought, and the plain numbers that the reckoning takes from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of an order as the customer kept it."""

    day: date
    quantity: Decimal
    amount: Decimal = ZERO
    currency: str = ""
    sku: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The purchases of one product by one customer, day by day; several on a day are one."""

    days: tuple[int, ...]
    quantities: tuple[float, ...]
    #: How long she has not bought, at the day of looking.
    silent: int

    @property
    def gaps(self) -> tuple[int, ...]:
        """The days from each purchase to the next."""
        return tuple(later - earlier for earlier, later in pairwise(self.days))

    @property
    def last(self) -> int:
        """The ordinal of the day of the last purchase."""
        return self.days[-1]


def course_of(purchases: Iterable[Purchase], today: date) -> Course:
    """Return the course of these purchases up to and including today.

    Raises:
        ValueError: when nothing was bought by then.
    """
    bought: dict[int, float] = {}
    now = today.toordinal()
    for each in purchases:
        day = each.day.toordinal()
        if day <= now and each.quantity > 0:
            bought[day] = bought.get(day, 0.0) + float(each.quantity)
    if not bought:
        raise ValueError("nothing was bought by this day")
    days = tuple(sorted(bought))
    return Course(days, tuple(bought[day] for day in days), now - days[-1])


def by_sku(purchases: Sequence[Purchase]) -> dict[str, list[Purchase]]:
    """Return the purchases of each product, in their order."""
    found: dict[str, list[Purchase]] = {}
    for each in purchases:
        found.setdefault(each.sku, []).append(each)
    return found
