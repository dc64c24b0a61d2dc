"""What kinds of tasks there are: declared by modules, so that a task goes where its module goes."""

from collections.abc import Callable
from dataclasses import dataclass

from core.people import Person
from core.registry import switchboard
from core.tasks.models import Task


@dataclass(frozen=True)
class TaskKind:
    """A kind of task: what it is called, and who does such work."""

    name: str
    title: str
    #: Who holds it sees the department's tasks of this kind and may take them.
    permission: str
    #: None: the core's own, which is never off.
    module: str | None = None
    icon: str = "check2-square"
    #: Told, in the same transaction, that such a task was done, and with what note.
    when_done: Callable[[Task], None] | None = None


_kinds: dict[str, TaskKind] = {}


def task_kind(kind: TaskKind) -> TaskKind:
    """Declare a kind; a module does it in its handlers. Declared again, it replaces the former."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> TaskKind | None:
    """Return a kind, or None when the module that declared it is gone."""
    return _kinds.get(name)


def kinds_on() -> list[TaskKind]:
    """Return the kinds of modules that are on."""
    on = {module.name for module in switchboard.modules_on()}
    return [kind for kind in _kinds.values() if kind.module is None or kind.module in on]


def kinds_for(person: Person) -> list[TaskKind]:
    """Return the kinds of work that a person does."""
    return [kind for kind in kinds_on() if kind.permission in person.permissions]
