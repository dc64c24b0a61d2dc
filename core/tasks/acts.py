"""What is written down whenever something is done with a task."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from core.clock import now
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.people import current_person_or_none
from core.tasks.kinds import kind_of
from core.tasks.models import Task, TaskAct


def close(task: Task, state: str, note: str, outcome: str = "") -> None:
    """End a task, done or withdrawn."""
    note_act(task, state, note, outcome=outcome)
    person = current_person_or_none()
    task.state, task.note, task.outcome = state, note, outcome
    task.closed_at, task.closed_by = now(), person.name if person else None


def note_act(
    task: Task,
    act: str,
    note: str,
    *,
    due_on: date | None = None,
    due_before: date | None = None,
    owner: str | None = None,
    outcome: str = "",
) -> None:
    """Append one act to a task's history."""
    person = current_person_or_none()
    db.session.add(
        TaskAct(
            id=new_id(), task_id=task.id, act=act, at=now(), by=person.name if person else None,
            note=note, due_on=due_on, due_before=due_before, owner=owner, outcome=outcome,
        )
    )  # fmt: skip
    tell([(task.id, task.kind)])


def tell(tasks: Iterable[tuple[UUID, str]]) -> None:
    """Let open screens know: one by one for a few, as a whole for many."""
    tasks = list(tasks)
    kinds = {kind for _id, kind in tasks}
    ref = str(tasks[0][0]) if len(tasks) == 1 else ""
    for module in {known.module for name in kinds if (known := kind_of(name)) and known.module}:
        hint(f"{module}.tasks", ref)
    if tasks:
        hint("tasks", ref)
