"""Forecasts for every customer, written into files: the whole shop in two passes, flat in memory.

The first pass learns what the customers have in common, from a sample; the second says of each
customer what is expected.
"""

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from core.rhythm import buying
from core.rhythm.product import UNKNOWN, Product, learned
from core.rhythm.purchases import Course, Purchase, by_sku, course_of
from core.rhythm.queries import History
from core.rhythm.runout import expect
from core.rhythm.sampling import Sample

#: Bought on so many days: two intervals show a rhythm.
ENOUGH = 3
#: From so many customers what they have in common is learned, in all and of one product.
_SHOP, _PRODUCT, _BUYERS = 600, 300, 2000
_A_YEAR = 365

#: Begins to read all histories, from the first customer on, as they stood on the day.
Read = Callable[[], Iterable[History]]


@dataclass(frozen=True)
class Shelf:
    """What the customers of each product, and of the whole shop, have in common."""

    shop: Product
    products: dict[str, Product]

    def product(self, sku: str) -> Product:
        """Return what is known of a product."""
        return self.products.get(sku, self.shop)


class Courses:
    """Takes in histories one by one, and keeps of each product as many as it is learned from."""

    def __init__(self, as_of: date, first: date | None = None) -> None:
        self._as_of, self._first = as_of, first or as_of
        self._everybody: Sample[Course] = Sample(_SHOP)
        self._samples: dict[str, Sample[Course]] = {}

    def offer(self, history: History) -> None:
        """Take in what one customer bought."""
        self._first = min(self._first, history.purchases[0].day)
        for sku, bought in by_sku(history.purchases).items():
            if bought[0].day == bought[-1].day:
                continue  # once is no rhythm, and most of a large shop bought once
            own = self._samples.setdefault(sku, Sample(_PRODUCT))
            wanted = [each for each in (self._everybody, own) if each.wants(history.customer_id)]
            if wanted:
                course = course_of(bought, self._as_of)
                for sample in wanted:
                    sample.offer(history.customer_id, course)

    def shelf(self) -> Shelf:
        """Learn the rhythm of every product."""
        horizon = min(max((self._as_of - self._first).days, 30), _A_YEAR)
        all_ = learned(self._everybody, horizon, UNKNOWN)
        return Shelf(
            all_, {sku: learned(each, horizon, all_) for sku, each in self._samples.items()}
        )


def shelf(histories: Iterable[History], as_of: date) -> Shelf:
    """Learn the rhythm of every product from what was bought before a day."""
    courses = Courses(as_of)
    for history in histories:
        courses.offer(history)
    return courses.shelf()


def runouts(read: Read, as_of: date) -> Iterator[tuple[str, str, date]]:
    """Yield customer, product and next day for everybody who has bought it often enough."""
    known = shelf(read(), as_of)
    for history in read():
        for sku, bought in sorted(by_sku(history.purchases).items()):
            if len({each.day for each in bought}) >= ENOUGH:
                yield history.reference, sku, expect(bought, known.product(sku), as_of).next_on


class Visits:
    """Takes in histories one by one, and keeps of as many how often they came."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._sample: Sample[buying.Summary] = Sample(_BUYERS)

    def offer(self, history: History) -> None:
        """Take in what one customer bought."""
        if self._sample.wants(history.customer_id):
            self._sample.offer(history.customer_id, summary(history.purchases, self._as_of))

    def shop(self) -> buying.Shop:
        """Learn how customers come back and leave."""
        return buying.learned(Counter(self._sample))


def shop(histories: Iterable[History], as_of: date) -> buying.Shop:
    """Learn how customers come back and leave from what was bought before a day."""
    visits = Visits(as_of)
    for history in histories:
        visits.offer(history)
    return visits.shop()


def outlooks(read: Read, as_of: date, weeks: int) -> Iterator[tuple[str, buying.Outlook]]:
    """Yield what is to be expected of every customer in the weeks that begin with a day."""
    ahead = buying.Weeks(shop(read(), as_of), weeks * 7)
    for history in read():
        yield history.reference, ahead.outlook(summary(history.purchases, as_of))


def summary(bought: Sequence[Purchase], as_of: date) -> buying.Summary:
    """Return what the repeat-buying model needs of purchases before a day."""
    days = sorted({each.day.toordinal() for each in bought})
    return buying.summary_of(days, as_of.toordinal() - 1)


class Lot:
    """Takes in who bought what, and keeps of whom `Courses` and `Visits` would keep something.

    So whoever learns from them need not read what everybody else has bought.
    """

    def __init__(self) -> None:
        self._visitors: Sample[UUID] = Sample(_BUYERS)
        self._everybody: Sample[UUID] = Sample(_SHOP)
        self._samples: dict[str, Sample[UUID]] = {}

    def offer(self, customer_id: UUID, again: Iterable[str]) -> None:
        """Take in a customer and the products that she has bought on several days."""
        self._visitors.offer(customer_id, customer_id)
        for sku in again:
            self._everybody.offer(customer_id, customer_id)
            self._samples.setdefault(sku, Sample(_PRODUCT)).offer(customer_id, customer_id)

    def drawn(self) -> set[UUID]:
        """Return them."""
        return {
            each
            for one in (self._visitors, self._everybody, *self._samples.values())
            for each in one
        }


def write_file(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV file, whole or not at all; return how many rows it has.

    Raises:
        OSError: when the file cannot be written there; nothing is left behind.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    count = 0
    try:
        with unfinished.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            for row in rows:
                writer.writerow(row)
                count += 1
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count
