"""Every event that somebody can tell, and who listens."""

import inspect
from dataclasses import dataclass

from bus.events import Declaration, catalogue
from bus.shapes import Shape, shape_of
from bus.subscriptions import Subscription, subscriptions
from core.registry import switchboard


@dataclass(frozen=True)
class Listener:
    """One handler that hears an event."""

    subscriber: str
    #: Under which name it hears it: the event's own, or its fact's.
    kind: str
    #: What it reads of it: the event itself, or a reading of its own.
    reads: str
    shape: Shape


@dataclass(frozen=True)
class Contract:
    """One event: who tells it, what it says, who listens."""

    type: str
    version: int
    fact: str | None
    aggregate: str | None
    teller: str
    meaning: str
    shape: Shape
    listeners: tuple[Listener, ...]


def contracts() -> list[Contract]:
    """Return what the core and the installed modules can tell, in order of their names."""
    modules = switchboard.installed()
    return [
        _contract(declared)
        for name, declared in sorted(catalogue.by_type.items())
        if declared.cls.__module__.startswith("core.") or name.partition(".")[0] in modules
    ]


def _contract(declared: Declaration) -> Contract:
    meaning = inspect.cleandoc(declared.cls.__doc__ or "")
    return Contract(
        type=declared.type,
        version=declared.version,
        fact=declared.fact.type if declared.fact else None,
        aggregate=declared.aggregate,
        teller=declared.type.partition(".")[0],
        meaning=meaning,
        shape=shape_of(declared.cls),
        listeners=tuple(_listener(one) for one in subscriptions.all if one.kind in declared.kinds),
    )


def _listener(one: Subscription) -> Listener:
    name = f"{one.target.__module__}.{one.target.__qualname__}"
    return Listener(one.subscriber, one.kind, name, shape_of(one.target))
