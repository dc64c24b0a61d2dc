"""Customers' grades beside what is about them, read for many at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar
from uuid import UUID

from core.tasks.rank import grades_of

_CHUNK = 500


class _About(Protocol):
    @property
    def customer_id(self) -> UUID: ...


T = TypeVar("T", bound=_About)


def with_grades(found: Iterable[T]) -> Iterator[tuple[T, str]]:
    """Yield each with its customer's grade; "" for one who has none yet."""
    rest = iter(found)
    while some := list(islice(rest, _CHUNK)):
        known = grades_of(one.customer_id for one in some)
        for one in some:
            yield one, known[one.customer_id]


def of_grades(grades: Sequence[str], found: Iterable[T]) -> Iterator[T]:
    """Yield those of customers with these grades; none named means everybody."""
    yield from (one for one, grade in with_grades(found) if not grades or grade in grades)
