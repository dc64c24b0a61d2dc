"""What kinds of tasks there are: declared by modules, so that a task goes where its module goes."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.people import Person
from core.registry import switchboard
from core.tasks.models import Task

#: What came of a task with this code brings the offer to try again on another day.
NOT_REACHED = "not_reached"
#: What can come of calling a customer or going to see her.
CALL_OUTCOMES = (
    ("reached", _l("Reached")),
    (NOT_REACHED, _l("Not reached")),
    ("wants_visit", _l("Wants a visit")),
    ("refused", _l("Refused")),
)


@dataclass(frozen=True)
class Offer:
    """One click by which a task of a kind is done at once, such as ordering again."""

    label: str
    #: Takes the task's id, by POST.
    endpoint: str
    icon: str


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
    #: Locks what `when_done` changes, before the task is locked: whoever acts on that directly
    #: locks it first and its tasks after it.
    locks_first: Callable[[Task], None] | None = None
    #: What can come of it, as (code, title); chosen when such a task is finished.
    outcomes: tuple[tuple[str, str], ...] = ()
    #: So many days after it was due, a task that is still open is passed up to whoever holds
    #: this permission.
    escalates_after: int | None = None
    escalates_to: str = ""
    #: Whether tasks alike about one customer on one day become one.
    gathers: bool = False
    #: What can be done with it besides.
    offer: Offer | None = None

    def outcome(self, code: str) -> str:
        """Return what an outcome is called; one that is declared no longer keeps its code."""
        return str(dict(self.outcomes).get(code, code))


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


def kinds_led_by(person: Person) -> list[TaskKind]:
    """Return the kinds of work that are passed up to a person when they stay undone."""
    return [kind for kind in kinds_on() if kind.escalates_to in person.permissions]


def may_do(person: Person, task: Task) -> bool:
    """Whether a task is a person's: her own, of her department's work, or passed up to her."""
    kind = kind_of(task.kind)
    if kind is None or task.owner_id == person.id:
        return kind is not None
    passed_up = task.escalated_on is not None and kind.escalates_to in person.permissions
    return passed_up or kind.permission in person.permissions
