"""An event as it is stored, and what a handler may know of the delivery it works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from bus.events import Event, Payload


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One row of the log: who said what about which aggregate, and when."""

    pos: int
    id: UUID
    type: str
    version: int
    fact: str | None
    fact_version: int
    aggregate_type: str
    aggregate_id: UUID
    seq: int
    at: datetime
    actor: str | None
    correlation_id: UUID
    historical: bool
    payload: Payload

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names under which it can be subscribed to, its own first."""
        return (self.type,) if self.fact is None else (self.type, self.fact)


@dataclass(frozen=True, kw_only=True)
class StoredEvent(Envelope):
    """What `publish` gives back: the row, and the event it was made from."""

    event: Event


@dataclass(frozen=True)
class Delivery:
    """What a handler is working on; `replaying` when it is catching up with history."""

    subscriber: str
    replaying: bool
    envelopes: tuple[Envelope, ...]
    events: tuple[Any, ...]

    @property
    def envelope(self) -> Envelope:
        """The only envelope; a batch handler has several and asks `of` for one of them."""
        if len(self.envelopes) != 1:
            raise LookupError("a batch has several envelopes: ask `of(event)` or `envelopes`")
        return self.envelopes[0]

    def of(self, event: object) -> Envelope:
        """The envelope of one of the events that the handler was given."""
        place = self._places.get(id(event))
        if place is None:
            raise LookupError("this event is not part of the delivery")
        return self.envelopes[place]

    @cached_property
    def _places(self) -> dict[int, int]:
        """Where each event stands, by its identity: equal ones may be told more than once."""
        return {id(event): place for place, event in enumerate(self.events)}

    @property
    def id(self) -> UUID:
        """The event's id: the same at every try and at every replay."""
        return self.envelope.id

    @property
    def event_id(self) -> UUID:
        """The same as `id`, for readers who have several ids at hand."""
        return self.envelope.id

    @property
    def pos(self) -> int:
        """The event's place in the log."""
        return self.envelope.pos

    @property
    def type(self) -> str:
        """The event's own type, also when it was caught by its fact."""
        return self.envelope.type

    @property
    def kinds(self) -> tuple[str, ...]:
        """The event's own type and its fact."""
        return self.envelope.kinds

    @property
    def at(self) -> datetime:
        """When it was published."""
        return self.envelope.at

    @property
    def actor(self) -> str | None:
        """Who published it."""
        return self.envelope.actor

    @property
    def historical(self) -> bool:
        """Whether it tells of settled history."""
        return self.envelope.historical

    @property
    def actor_of_cause(self) -> str | None:
        """Who caused what the handler publishes: the first publisher, in a batch too."""
        return self.envelopes[0].actor


_current: ContextVar[Delivery | None] = ContextVar("bus_delivery", default=None)


def delivery_context() -> Delivery | None:
    """The delivery that the running handler works on; None outside a handler."""
    return _current.get()


@contextmanager
def delivering(delivery: Delivery) -> Iterator[None]:
    """Let everything inside know which delivery it works on."""
    token = _current.set(delivery)
    try:
        yield
    finally:
        _current.reset(token)
