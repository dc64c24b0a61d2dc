"""What somebody who measures may learn of the bus; it asks nothing and changes nothing."""

from collections.abc import Collection, Sequence
from typing import Protocol


class Observer(Protocol):
    """Is told what was done; it must neither block nor raise."""

    def delivered(self, subscriber: str, waits: Sequence[float], seconds: float) -> None:
        """Deliveries are committed: how long each event waited, and how long the handlers took."""

    def failed(self, subscriber: str) -> None:
        """A delivery failed."""

    def poked(self, *, reached: bool) -> None:
        """A poke went to the broker, which took it or did not."""

    def found(self, subscribers: Collection[str]) -> None:
        """The sweeper found deliveries that no poke had woken anybody for."""


class NoObserver:
    """Nobody measures."""

    def delivered(self, subscriber: str, waits: Sequence[float], seconds: float) -> None:
        """Let it pass."""

    def failed(self, subscriber: str) -> None:
        """Let it pass."""

    def poked(self, *, reached: bool) -> None:
        """Let it pass."""

    def found(self, subscribers: Collection[str]) -> None:
        """Let it pass."""
