"""What an event is, and the catalogue of all that are declared."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, dataclass_transform

from bus.errors import DeclarationError

Payload = dict[str, Any]
Upcaster = Callable[[Payload], Payload]


class Event:
    """Something that happened: frozen, typed, in the past tense, complete in itself."""

    declaration: ClassVar["Declaration"]
    __dataclass_fields__: ClassVar[dict[str, Any]]


E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Declaration:
    """What the bus knows of one event class."""

    cls: type[Event]
    type: str
    version: int
    aggregate: str | None
    fact: "Declaration | None"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every name under which the event can be subscribed to, its own first."""
        return (self.type,) if self.fact is None else (self.type, self.fact.type)


@dataclass
class Catalogue:
    """Every declared event by its type, and how its older versions are read."""

    by_type: dict[str, Declaration] = field(default_factory=dict)
    upcasters: dict[tuple[str, int], Upcaster] = field(default_factory=dict)

    def add(self, declaration: Declaration) -> None:
        """Enter an event; a name belongs to one class only."""
        known = self.by_type.get(declaration.type)
        if known is not None and _place(known.cls) != _place(declaration.cls):
            raise DeclarationError(f"{declaration.type} is already declared by {_place(known.cls)}")
        self.by_type[declaration.type] = declaration


catalogue = Catalogue()


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def event(
    name: str, *, aggregate: str | None = None, version: int = 1
) -> Callable[[type[E]], type[E]]:
    """Declare an event under the name it has for everybody.

    Parameters:
      name: "module.past_tense", for ever the same.
      aggregate: The UUID field whose events keep their order; inherited from the fact. An event
        without one has no order with any other.
      version: Raised when a field changes its meaning, together with an `upcast`.
    """

    def declare(cls: type[E]) -> type[E]:
        if not (cls.__dict__.get("__doc__") or "").strip():
            raise DeclarationError(f"{name}: say in a docstring what has happened")
        made: type[E] = dataclass(frozen=True, kw_only=True)(cls)
        fact = _fact_of(cls)
        key = aggregate or (fact.aggregate if fact else None)
        if key is not None and key not in made.__dataclass_fields__:
            raise DeclarationError(f"{name}: the aggregate {key!r} is no field of the event")
        made.declaration = Declaration(made, name, version, key, fact)
        catalogue.add(made.declaration)
        return made

    return declare


def upcast(name: str, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Say how a stored payload of an older version becomes one of the next version."""

    def register(function: Upcaster) -> Upcaster:
        catalogue.upcasters[(name, from_version)] = function
        return function

    return register


def _fact_of(cls: type[Event]) -> Declaration | None:
    bases: list[Declaration] = [
        base.__dict__["declaration"] for base in cls.__mro__[1:] if "declaration" in base.__dict__
    ]
    if len(bases) > 1:
        names = ", ".join(base.type for base in bases)
        raise DeclarationError(f"{_place(cls)} extends {names}: an event extends one fact at most")
    return bases[0] if bases else None


def _place(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
