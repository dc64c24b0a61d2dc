"""Who listens to what: read from the handlers themselves."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args, get_origin, get_type_hints, overload

from bus.errors import DeclarationError
from bus.events import Event
from bus.readings import reads

F = TypeVar("F", bound=Callable[..., None])


@dataclass(frozen=True)
class Subscription:
    """One handler: what it wants, in which shape, and how it wants it."""

    subscriber: str
    module: str
    kind: str
    target: type
    batch: bool
    historical: bool
    acts: bool
    handler: Callable[[Any], None]


@dataclass(frozen=True)
class SubscriberPolicy:
    """How a subscriber's failures are treated, and whether history may be replayed into it."""

    on_dead: str = "block"
    max_attempts: int = 10
    replayable: bool = True
    patience: float = 0.0


@dataclass
class Subscriptions:
    """Every handler, in the order in which they were declared."""

    all: list[Subscription] = field(default_factory=list)
    policies: dict[str, SubscriberPolicy] = field(default_factory=dict)
    _found: dict[tuple[str, tuple[str, ...]], list[Subscription]] = field(default_factory=dict)
    _modules: dict[str, str] = field(default_factory=dict)

    def add(self, made: Subscription) -> None:
        """Enter a handler; the same function declared again takes its own place."""
        self._forget()
        for place, known in enumerate(self.all):
            if _identity(known) == _identity(made):
                self.all[place] = made
                return
        self.all.append(made)

    def replace_all(self, handlers: list[Subscription]) -> None:
        """Know these handlers and no others."""
        self._forget()
        self.all[:] = handlers

    def of(self, subscriber: str, kinds: tuple[str, ...]) -> list[Subscription]:
        """The subscriber's handlers for an event of these kinds, in declared order."""
        found = self._found.get((subscriber, kinds))
        if found is None:
            found = [s for s in self.all if s.subscriber == subscriber and s.kind in kinds]
            self._found[(subscriber, kinds)] = found
        return found

    def subscribers(self) -> Mapping[str, str]:
        """Each subscriber with the module that it belongs to."""
        if not self._modules:
            self._modules = {s.subscriber: s.module for s in self.all}
        return self._modules

    def _forget(self) -> None:
        self._found.clear()
        self._modules = {}

    def policy(self, subscriber: str) -> SubscriberPolicy:
        """How a subscriber is to be treated."""
        return self.policies.get(subscriber, SubscriberPolicy())

    def wants(self, subscriber: str) -> dict[str, bool]:
        """The kinds that a subscriber listens to, and whether settled history is wanted too."""
        kinds: dict[str, bool] = {}
        for one in self.all:
            if one.subscriber == subscriber:
                kinds[one.kind] = kinds.get(one.kind, False) or one.historical
        return kinds


subscriptions = Subscriptions()


@overload
def subscribe(handler: F) -> F: ...


@overload
def subscribe(
    *,
    batch: bool = False,
    historical: bool = True,
    acts: bool = False,
    subscriber: str | None = None,
) -> Callable[[F], F]: ...


def subscribe(
    handler: F | None = None,
    *,
    batch: bool = False,
    historical: bool = True,
    acts: bool = False,
    subscriber: str | None = None,
) -> F | Callable[[F], F]:
    """Make a function a handler of what its first parameter is annotated with.

    Parameters:
      batch: It takes a list: several aggregates at once, each in order.
      historical: False spares it the events that tell of settled, imported history.
      acts: It does more than write its module's views: publishes, asks for a task, writes a
        record. Left out when a view is rebuilt from the log.
      subscriber: Only for work that needs no order with the rest of its module.
    """

    def register(function: F) -> F:
        module = module_of(function) or subscriber
        if module is None:
            raise DeclarationError(f"{function.__module__}: outside a module, name the subscriber")
        kind, target = _wanted(function, batch=batch)
        subscriptions.add(
            Subscription(
                subscriber=subscriber or module,
                module=module,
                kind=kind,
                target=target,
                batch=batch,
                historical=historical,
                acts=acts,
                handler=function,
            )
        )
        return function

    return register(handler) if handler is not None else register


def subscriber_policy(
    subscriber: str,
    *,
    on_dead: str = "block",
    max_attempts: int = 10,
    replayable: bool = True,
    patience: float = 0.0,
) -> None:
    """Treat one subscriber otherwise than the rest.

    Parameters:
      on_dead: "block" keeps what follows a dead letter waiting, "continue" lets it pass.
      max_attempts: How often a delivery is tried before it is a dead letter.
      replayable: False for a subscriber that must never see history again.
      patience: Seconds for which its events may wait for more: what nobody watches costs less when
        it is taken in many at a time.
    """
    if on_dead not in ("block", "continue"):
        raise DeclarationError(f"{subscriber}: on_dead is block or continue, not {on_dead}")
    subscriptions.policies[subscriber] = SubscriberPolicy(
        on_dead, max_attempts, replayable, patience
    )


def _wanted(function: Callable[..., None], *, batch: bool) -> tuple[str, type]:
    name = f"{function.__module__}.{function.__qualname__}"
    parameters = list(inspect.signature(function).parameters)
    hints = get_type_hints(function)
    hint = hints.get(parameters[0]) if parameters else None
    if batch:
        if get_origin(hint) is not list:
            raise DeclarationError(f"{name}: a batch handler takes list[SomeEvent]")
        hint = get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, Event) and "declaration" in hint.__dict__:
        return hint.declaration.type, hint
    if isinstance(hint, type) and (kind := reads(hint)) is not None:
        return kind, hint
    raise DeclarationError(f"{name}: annotate the first parameter with an event or a reading")


def module_of(function: Callable[..., None]) -> str | None:
    """The module that a function belongs to, or "core" or "bus"; None outside of them."""
    parts = function.__module__.split(".")
    if parts[0] == "modules" and len(parts) > 1:
        return parts[1]
    return parts[0] if parts[0] in ("core", "bus") else None


def _identity(one: Subscription) -> tuple[str, str, str]:
    return one.subscriber, one.handler.__module__, one.handler.__qualname__
