"""A sample of fixed size from a stream of customers: the same whatever their order."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from heapq import heappush, heapreplace
from itertools import count
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


class Sample(Generic[T]):
    """Keeps the items of those customers whose ids have the smallest hashes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: list[tuple[int, int, T]] = []
        self._turn = count()

    def wants(self, customer_id: UUID) -> bool:
        """Whether an item of this customer would be taken in: most of a large shop are not."""
        return len(self._kept) < self._size or _drawn(customer_id) > self._kept[0][0]

    def offer(self, customer_id: UUID, item: T) -> None:
        """Take an item in, or not."""
        drawn = _drawn(customer_id)
        if len(self._kept) < self._size:
            heappush(self._kept, (drawn, next(self._turn), item))
        elif drawn > self._kept[0][0]:
            heapreplace(self._kept, (drawn, next(self._turn), item))

    def __iter__(self) -> Iterator[T]:
        return (item for _drawn, _turn, item in sorted(self._kept, key=lambda each: each[:2]))

    def __len__(self) -> int:
        return len(self._kept)


@lru_cache(maxsize=16)  # one customer is offered to several samples, one after the other
def _drawn(customer_id: UUID) -> int:
    return -int.from_bytes(blake2b(customer_id.bytes, digest_size=8).digest())
