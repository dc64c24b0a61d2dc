"""How a consumer sees another module's event: by name, with only the fields it needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")

_READS = "__reads__"
readings: dict[str, list[type]] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def reading(name: str) -> Callable[[type[T]], type[T]]:
    """Declare a tolerant view of the event called `name`, without importing its publisher.

    Unknown fields are ignored, a missing optional one takes its default, and a missing required
    one makes the delivery a dead letter.
    """

    def declare(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        setattr(made, _READS, name)
        readings.setdefault(name, []).append(made)
        return made

    return declare


def reads(cls: type) -> str | None:
    """The type of event that a reading is a view of; None for any other class."""
    found = cls.__dict__.get(_READS)
    return found if isinstance(found, str) else None
