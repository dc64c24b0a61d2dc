"""What was done with a task, in words for its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from core.tasks.kinds import kind_of
from core.tasks.models import Task, TaskAct
from core.web.times import short_date

_ICONS = {
    "taken": "hand-index",
    "handed_over": "person-up",
    "released": "people",
    "postponed": "calendar-plus",
    "escalated": "arrow-up-circle",
    "done": "check2-circle",
    "gathered": "collection",
    "opened": "box-arrow-up-right",
    "withdrawn": "x-circle",
}


@dataclass(frozen=True)
class Told:
    """One entry of the history."""

    at: datetime
    by: str
    text: str
    note: str
    icon: str
    url: str = ""
    document: str = ""
    amount: str = ""


def story(task: Task, acts: Sequence[TaskAct]) -> list[Told]:
    """Return the history of a task, newest first."""
    asked = Told(task.created_at, task.created_by or "", _("asked for it"), "", "plus-circle")
    told = [
        Told(act.at, act.by or "", _words(act), _came_of_it(task, act), _ICONS[act.act])
        for act in acts
    ]
    return [asked, *told][::-1]


def _came_of_it(task: Task, act: TaskAct) -> str:
    kind = kind_of(task.kind)
    outcome = kind.outcome(act.outcome) if kind and act.outcome else act.outcome
    return "\n".join(part for part in (outcome, act.note) if part)


def _words(act: TaskAct) -> str:
    return {
        "taken": _("took it"),
        "handed_over": _("handed it over to %(name)s", name=act.owner or ""),
        "released": _("gave it back to the department"),
        "postponed": _(
            "postponed it from %(before)s to %(day)s",
            before=short_date(act.due_before),
            day=short_date(act.due_on),
        ),
        "escalated": _("passed up, because nobody had done it"),
        "gathered": _("put it together with another one about her: one call"),
        "opened": _("the one it was together with is needed no longer"),
        "done": _("did it"),
        "withdrawn": _("took it back: it is needed no longer"),
    }[act.act]
