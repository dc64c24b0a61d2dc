"""Which goods leave first: those that expire first, and of those that do not the oldest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from modules.warehouse.models import SOME_DAY, Stock


@dataclass(frozen=True)
class Pick:
    """A quantity to be taken from one place and lot."""

    sku: str
    location: str
    lot: str
    expires_on: date | None
    quantity: Decimal


@dataclass
class Heap:
    """What lies at one place of one lot, as far as it is not promised to another line."""

    row: Stock
    left: Decimal
    #: Leaves only when somebody names its lot.
    expired: bool


@dataclass
class Shelf:
    """The stock of one product in the order in which it should leave."""

    heaps: list[Heap] = field(default_factory=list)

    def available(self, lot: str | None = None, location: str | None = None) -> Decimal:
        """Return how much may be taken of what is named, or of all that has not expired."""
        return sum((heap.left for heap in self._fitting(lot, location)), Decimal(0))

    def take(
        self, quantity: Decimal, lot: str | None = None, location: str | None = None
    ) -> list[Pick]:
        """Take a quantity, as far as it is there; less is left for the next line."""
        picks = []
        for heap in self._fitting(lot, location):
            taken = min(heap.left, quantity)
            if taken > 0:
                heap.left -= taken
                quantity -= taken
                row = heap.row
                picks.append(Pick(row.sku, row.location, row.lot, row.expires_on, taken))
        return picks

    def knows(self, lot: str) -> bool:
        """Whether there is anything of a lot."""
        return any(heap.row.lot == lot and heap.left > 0 for heap in self.heaps)

    def expired_day(self, lot: str, location: str) -> date | None:
        """Return on which day the goods of a lot at a place expired; None when they have not."""
        for heap in self.heaps:
            if heap.expired and (heap.row.lot, heap.row.location) == (lot, location):
                return heap.row.expires_on
        return None

    def _fitting(self, lot: str | None, location: str | None) -> list[Heap]:
        return [
            heap
            for heap in self.heaps
            if (heap.row.lot == lot if lot is not None else not heap.expired)
            and location in (None, heap.row.location)
        ]


def shelves(rows: Iterable[Stock], day: date) -> dict[str, Shelf]:
    """Sort stock by product, and each product's by the day it expires and by age."""
    found: dict[str, Shelf] = {}
    for row in sorted(rows, key=_turn):
        heap = Heap(row, row.quantity, has_expired(row, day))
        found.setdefault(row.sku, Shelf()).heaps.append(heap)
    return found


def has_expired(row: Stock, day: date) -> bool:
    """Whether goods are past their last day."""
    return row.expires_on is not None and row.expires_on < day


def _turn(row: Stock) -> tuple[object, ...]:
    return (row.expires_on or SOME_DAY, row.since, row.location, row.lot)
