"""What can be done with tasks, by every module and by the person at the screen."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import today
from core.db import db
from core.errors import Forbidden, InvalidInput
from core.people import current_person_or_none
from core.people.identity import person_by_id
from core.tasks.acts import close, note_act
from core.tasks.asking import Ask, ask, ask_many, withdraw
from core.tasks.errors import TaskClosed, TaskNotFound, WrongOwner
from core.tasks.kinds import kind_of
from core.tasks.models import DONE, OPEN, Task
from core.text import tidy_lines

__all__ = ["Ask", "ask", "ask_many", "finish", "hand_over", "postpone", "take", "withdraw"]

LONGEST_NOTE = 2000


def finish(task_id: UUID, note: str = "") -> Task:
    """Mark a task as done, with what came of it.

    Raises:
        TaskNotFound, TaskClosed, Forbidden: when it cannot be done, or not by this person.
    """
    task = _open_task(task_id)
    close(task, DONE, _checked_note(note))
    kind = kind_of(task.kind)
    if kind is not None and kind.when_done is not None:
        kind.when_done(task)
    return task


def postpone(task_id: UUID, due_on: date, note: str = "") -> Task:
    """Do it on another day, which is not over yet."""
    task = _open_task(task_id)
    if due_on < today():
        raise InvalidInput({"due_on": _("Choose today or a later day.")})
    note_act(task, "postponed", _checked_note(note), due_on=due_on, due_before=task.due_on)
    task.due_on = due_on
    return task


def take(task_id: UUID) -> Task:
    """Make a task of the department one's own."""
    person = current_person_or_none()
    if person is None:
        raise Forbidden
    task = _open_task(task_id)
    note_act(task, "taken", "", owner=person.name)
    task.owner_id = person.id
    return task


def hand_over(task_id: UUID, owner_id: UUID | None, note: str = "") -> Task:
    """Give a task to somebody else, or (None) back to the department.

    Raises:
        WrongOwner: when that person does not do such work.
    """
    task = _open_task(task_id)
    if owner_id is None:
        note_act(task, "released", _checked_note(note))
    else:
        owner, kind = person_by_id(owner_id), kind_of(task.kind)
        if owner is None or (kind is not None and kind.permission not in owner.permissions):
            raise WrongOwner
        note_act(task, "handed_over", _checked_note(note), owner=owner.name)
    task.owner_id = owner_id
    return task


def _open_task(task_id: UUID) -> Task:
    """Lock a task so that two people do not both do it."""
    query = select(Task).where(Task.id == task_id).with_for_update()
    task = db.session.scalar(query.execution_options(populate_existing=True))
    if task is None:
        raise TaskNotFound(task_id=str(task_id))
    _permitted(task)
    if task.state != OPEN:
        raise TaskClosed(state=task.state, by=task.closed_by, note=task.note)
    return task


def _permitted(task: Task) -> None:
    person, kind = current_person_or_none(), kind_of(task.kind)
    if person is None:  # a handler, a job or a command: not somebody at a screen
        return
    if kind is None:
        raise TaskNotFound(task_id=str(task.id))
    if task.owner_id != person.id and kind.permission not in person.permissions:
        raise Forbidden(permission=kind.permission)


def _checked_note(note: str) -> str:
    note = tidy_lines(note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": _("Enter at most %(number)s characters.", number=LONGEST_NOTE)})
    return note
