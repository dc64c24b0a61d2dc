"""Shops that never were, whose customers come back in known and different ways."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp
from random import Random
from typing import NamedTuple

#: A year and a half.
DAYS = 546


class Row(NamedTuple):
    """A purchase: on which day since the beginning, of what, how many."""

    customer: str
    sku: str
    day: int
    quantity: int


@dataclass(frozen=True)
class Consumers:
    """They use something up at a pace of their own and then buy it again."""

    sku: str = "A"
    customers: int = 500
    days: float = 28.0
    #: The coefficient of variation of the intervals.
    noise: float = 0.2
    quantities: tuple[int, ...] = (1, 1, 1, 2, 2, 3)
    #: Whether more lasts longer, or they come by the calendar and take what they need.
    lasting: bool = True
    #: Three weeks in which half of them do not buy.
    holiday: bool = True
    leaving: float = 0.04
    odd: float = 0.04
    drifting: float = 0.3

    def rows(self, chance: Random) -> Iterator[Row]:
        feast = chance.randrange(120, 170)
        for number in range(self.customers):
            name = f"{self.sku}{number}"
            away = self.holiday and chance.random() < 0.5
            for day, quantity in self._visits(chance, feast if away else DAYS):
                yield Row(name, self.sku, day, quantity)

    def _visits(self, chance: Random, feast: int) -> Iterator[tuple[int, int]]:
        pace = self.days * exp(chance.gauss(0, 0.4))
        drift = exp(chance.gauss(0, 0.03)) if chance.random() < self.drifting else 1.0
        always = chance.random() < 0.4
        only = (chance.choice(self.quantities),) if always else self.quantities
        shape = self.noise**-2
        at = float(chance.randrange(150))
        while at < DAYS:
            quantity = chance.choice(only)
            yield int(at), quantity
            if chance.random() < self.leaving:
                return
            wait = pace * (quantity if self.lasting else 1) * chance.gammavariate(shape, 1 / shape)
            if chance.random() < self.odd:
                wait += chance.uniform(10, 40)
            if at < feast < at + wait:
                wait += 21
            at += max(wait, 1.0)
            pace *= drift


@dataclass(frozen=True)
class Passers:
    """They come by chance (shape 1) or somewhat regularly, and leave unseen (Pareto/NBD)."""

    sku: str = "P"
    customers: int = 3000
    rate_shape: float = 0.55
    rate_scale: float = 10.6
    leaving_shape: float = 0.6
    leaving_scale: float = 11.7
    regularity: float = 1.0

    def rows(self, chance: Random) -> Iterator[Row]:
        for number in range(self.customers):
            rate = chance.gammavariate(self.rate_shape, 1 / self.rate_scale) / 7 + 1e-9
            leaving = chance.gammavariate(self.leaving_shape, 1 / self.leaving_scale) / 7 + 1e-9
            at = float(chance.randrange(84))
            end = min(at + chance.expovariate(leaving), DAYS)
            while at < end:
                yield Row(f"{self.sku}{number}", self.sku, int(at), 1 + chance.randrange(3))
                at += chance.gammavariate(self.regularity, 1 / (self.regularity * rate))


_BULK = (1, 1, 2, 3, 4, 6, 6, 12)
_CALENDAR = Consumers(lasting=False)
_SHOPS: dict[str, tuple[Consumers | Passers, ...]] = {
    "consumers, more lasts longer": (Consumers(),),
    "the same, very irregular": (Consumers(noise=0.5),),
    "bulk buyers": (Consumers(days=9.0, quantities=_BULK),),
    "by the calendar": (_CALENDAR,),
    "clockwork": (replace(_CALENDAR, noise=0.08, holiday=False, drifting=0.0),),
    "by chance (Pareto/NBD)": (Passers(),),
    "somewhat regular passers": (
        Passers(rate_shape=1.5, rate_scale=8.0, leaving_scale=20.0, regularity=3.0),
    ),
    "three products": (
        Consumers(sku="M1", customers=300),
        Passers(sku="M2", customers=1500),
        Consumers(sku="M3", customers=200, days=12.0, quantities=_BULK),
    ),
    "a small shop": (Consumers(customers=40, noise=0.3),),
}


def shops(seed: int) -> Iterator[tuple[str, list[Row]]]:
    """Yield every kind of shop by name, the same for the same seed."""
    for name, kinds in _SHOPS.items():
        chance = Random(f"{seed} {name}")
        yield name, [row for kind in kinds for row in kind.rows(chance)]
