"""What kinds of promises there are: declared by modules, in a file `promises`.

A kind knows how to find what it asks for, in any span of days and from the books alone. So the
rule that is tried on last month and the rule that is kept tonight are the same code.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from core.registry import switchboard
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task

SettingType = Literal["number", "text", "line", "grades", "products", "day_of_year", "yes"]


@dataclass(frozen=True)
class Span:
    """Days, the first and the last included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One thing that a promise asks for. What it says are msgids: each reader has his language."""

    #: What it hangs on, and which time of it: with the rule they are its key, and asked once.
    subject: str
    time: str = ""
    customer_id: UUID
    #: The day the event gives it; never simply today.
    due_on: date
    title: str
    #: Why it is on the list.
    reason: str = ""
    #: What to say to her.
    say: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    deal_id: UUID | None = None
    number: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    #: After this day it would help nobody any more: a birthday that is over.
    until: date | None = None


@dataclass(frozen=True)
class Setting:
    """One thing that the owner decides about a promise."""

    name: str
    title: str
    type: SettingType
    preset: Any
    hint: str = ""
    least: int = 0
    most: int = 3650


#: Given the settings, the days and (for what has just happened) the only deals or customers.
Find = Callable[[Mapping[str, Any], Span, Collection[UUID] | None], Iterator[Occurrence]]


@dataclass(frozen=True)
class Preset:
    """A promise that every company has from the start, to be tried and switched on."""

    name: str
    title: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    active: bool = False


@dataclass(frozen=True)
class PromiseKind:
    """A kind of promise: what may be set, and how what is due is found."""

    name: str
    title: str
    #: One sentence for the owner.
    summary: str
    settings: tuple[Setting, ...]
    find: Find
    presets: tuple[Preset, ...]
    #: Who does such tasks.
    permission: str
    module: str | None = None
    icon: str = "bell"
    when_done: Callable[[Task], None] | None = None
    #: More that is said of its tasks: outcomes, escalation.
    task: Mapping[str, Any] = field(default_factory=dict)

    def preset_settings(self, preset: Preset | None = None) -> dict[str, Any]:
        """Return the settings a new promise begins with."""
        own = preset.settings if preset else {}
        return {each.name: own.get(each.name, each.preset) for each in self.settings}


_kinds: dict[str, PromiseKind] = {}


def promise_kind(kind: PromiseKind) -> PromiseKind:
    """Declare a kind, and the kind of tasks it makes."""
    _kinds[kind.name] = kind
    task_kind(
        TaskKind(
            kind.name,
            kind.title,
            kind.permission,
            kind.module,
            kind.icon,
            when_done=kind.when_done,
            **kind.task,
        )
    )
    return kind


def kind_of(name: str) -> PromiseKind | None:
    """Return a kind, or None when the module that declared it is gone."""
    return _kinds.get(name)


def kinds() -> list[PromiseKind]:
    """Return every kind whose code is here."""
    return list(_kinds.values())


def kinds_on() -> list[PromiseKind]:
    """Return the kinds of modules that are on."""
    on = {module.name for module in switchboard.modules_on()}
    return [kind for kind in _kinds.values() if kind.module is None or kind.module in on]


def is_on(name: str) -> bool:
    """Whether the module that keeps such promises is on."""
    return any(kind.name == name for kind in kinds_on())
