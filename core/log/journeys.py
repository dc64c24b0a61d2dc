"""The path of one order through the departments: who told, who heard, and how long it took."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import bus

#: Events on one picture; the rest is in the list of events.
LONGEST = 60


@dataclass(frozen=True)
class Heard:
    """What one department made of one event."""

    subscriber: str
    #: "done", "open", "dead", "skipped", or "kept": done so long ago that its time is forgotten.
    state: str
    done_at: datetime | None
    #: From the moment it was told; None while it is not done.
    seconds: float | None
    error: str


@dataclass(frozen=True)
class Stage:
    """One event on its way."""

    event: bus.Envelope
    #: The module that told it.
    teller: str
    heard: tuple[Heard, ...]


@dataclass(frozen=True)
class Journey:
    """Everything that was told of one thing, oldest first."""

    stages: tuple[Stage, ...]
    #: Who tells or hears, from left to right.
    lanes: tuple[str, ...]
    is_cut: bool


def journey(about: UUID) -> Journey:
    """Return the path of what was told about one aggregate."""
    events = bus.events(aggregate_id=about, limit=LONGEST + 1)
    found: dict[int, list[Heard]] = defaultdict(list)
    for row in bus.deliveries(aggregate_id=about, limit=20 * LONGEST):
        found[row.pos].append(_heard(row))
    listeners = {load.subscriber for load in bus.loads()}
    stages = [
        Stage(event, teller(event), tuple(sorted(found[event.pos], key=lambda one: one.subscriber)))
        for event in reversed(events[:LONGEST])
    ]
    return Journey(tuple(stages), _lanes(stages, listeners), len(events) > LONGEST)


def teller(event: bus.Envelope) -> str:
    """Return the module that published an event: its type begins with it."""
    return event.type.partition(".")[0]


def _heard(row: bus.DeliveryRow) -> Heard:
    seconds = (row.done_at - row.at).total_seconds() if row.done_at else None
    error = (row.error or "").partition("\n")[0]
    return Heard(row.subscriber, row.state, row.done_at, seconds, error)


def _lanes(stages: Sequence[Stage], listeners: set[str]) -> tuple[str, ...]:
    """Those who told come first, in the order in which they did."""
    tellers = list(dict.fromkeys(stage.teller for stage in stages))
    hearers = {one.subscriber for stage in stages for one in stage.heard}
    return (*tellers, *sorted((hearers & listeners) - set(tellers)))
