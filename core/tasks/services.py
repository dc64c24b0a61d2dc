"""What can be done with tasks, by every module and by the person at the screen."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import today
from core.db import db
from core.errors import Forbidden, InvalidInput
from core.people import current_person_or_none
from core.people.identity import person_by_id
from core.people.person import Person
from core.tasks.acts import close, note_act
from core.tasks.asking import Ask, ask, ask_many, deals_asked_about, is_asked_of, withdraw
from core.tasks.errors import NothingChosen, TaskClosed, TaskNotFound, WrongOwner
from core.tasks.events import TaskDone, Word
from core.tasks.kinds import kind_of, may_do
from core.tasks.models import DONE, OPEN, Task
from core.tasks.rank import grades_of, rank_on, rerank
from core.text import tidy_lines

__all__ = [
    "Ask", "ask", "ask_many", "deals_asked_about", "finish", "hand_over", "hand_over_many",
    "is_asked_of", "postpone", "rerank", "take", "take_many", "withdraw",
]  # fmt: skip

LONGEST_NOTE = 2000
#: So many tasks are taken or handed over at once at the most.
MOST_AT_ONCE = 200


def finish(task_id: UUID, note: str = "", outcome: str = "") -> Task:
    """Mark a task as done, with what came of it; her timeline tells it.

    Raises:
        TaskNotFound, TaskClosed, Forbidden: when it cannot be done, or not by this person.
        InvalidInput: when its kind knows no such outcome.
    """
    _lock_first(task_id)
    task = _open_task(task_id)
    close(task, DONE, _checked_note(note), _checked_outcome(task, outcome))
    _tell_her_timeline(task)
    kind = kind_of(task.kind)
    if kind is not None and kind.when_done is not None:
        kind.when_done(task)
    return task


def postpone(task_id: UUID, due_on: date, note: str = "", outcome: str = "") -> Task:
    """Do it on another day, which is not over yet; `outcome` says what came of a first try."""
    task = _open_task(task_id)
    if due_on < today():
        raise InvalidInput({"due_on": _("Choose today or a later day.")})
    note_act(
        task,
        "postponed",
        _checked_note(note),
        due_on=due_on,
        due_before=task.due_on,
        outcome=_checked_outcome(task, outcome),
    )
    grade = grades_of([task.customer_id]).get(task.customer_id, "") if task.customer_id else ""
    task.due_on, task.rank_on = due_on, rank_on(due_on, task.weight, task.amount, grade)
    task.escalated_on = None  # should it be late again, its head hears of it again
    return task


def take(task_id: UUID) -> Task:
    """Make a task of the department one's own."""
    return _take(task_id, _somebody())


def take_many(task_ids: Collection[UUID]) -> int:
    """Make several tasks one's own, all of them or none; return how many."""
    person = _somebody()
    for task_id in _chosen(task_ids):
        _take(task_id, person)
    return len(set(task_ids))


def hand_over(task_id: UUID, owner_id: UUID | None, note: str = "") -> Task:
    """Give a task to somebody else, or (None) back to the department.

    Raises:
        WrongOwner: when that person does not do such work.
    """
    task, owner = _open_task(task_id), None
    if owner_id is None:
        note_act(task, "released", _checked_note(note))
    else:
        owner, kind = person_by_id(owner_id), kind_of(task.kind)
        if owner is None or (kind is not None and kind.permission not in owner.permissions):
            raise WrongOwner(who=owner.name if owner else "", kind=str(kind.title) if kind else "")
        note_act(task, "handed_over", _checked_note(note), owner=owner.name)
    task.owner_id = owner_id
    return task


def hand_over_many(task_ids: Collection[UUID], owner_id: UUID | None, note: str = "") -> int:
    """Give several tasks to somebody else, all of them or none; return how many."""
    for task_id in _chosen(task_ids):
        hand_over(task_id, owner_id, note)
    return len(set(task_ids))


def _take(task_id: UUID, person: Person) -> Task:
    task = _open_task(task_id)
    if task.owner_id != person.id:
        note_act(task, "taken", "", owner=person.name)
        task.owner_id = person.id
    return task


def _somebody() -> Person:
    person = current_person_or_none()
    if person is None:
        raise Forbidden
    return person


def _chosen(task_ids: Collection[UUID]) -> list[UUID]:
    """In the order of their ids: two people who choose the same rows do not wait for each other."""
    if not task_ids:
        raise NothingChosen
    if len(task_ids) > MOST_AT_ONCE:
        text = _("Choose at most %(number)s at once.", number=MOST_AT_ONCE)
        raise InvalidInput({"tasks": text})
    return sorted(set(task_ids))


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


def _lock_first(task_id: UUID) -> None:
    task = db.session.get(Task, task_id)
    kind = kind_of(task.kind) if task is not None else None
    if task is not None and kind is not None and kind.locks_first is not None:
        kind.locks_first(task)


def _permitted(task: Task) -> None:
    person, kind = current_person_or_none(), kind_of(task.kind)
    if person is None:  # a handler, a job or a command: not somebody at a screen
        return
    if kind is None:
        raise TaskNotFound(task_id=str(task.id))
    if not may_do(person, task):
        raise Forbidden(permission=kind.permission)


def _tell_her_timeline(task: Task) -> None:
    if task.customer_id is None:
        return
    publish(
        TaskDone(
            task_id=task.id,
            customer_id=task.customer_id,
            deal_id=task.deal_id,
            number=task.number,
            kind=task.kind,
            title=task.title,
            words=tuple(Word(name=name, text=text) for name, text in task.words.items()),
            outcome=task.outcome,
            note=task.note,
        )
    )


def _checked_note(note: str) -> str:
    note = tidy_lines(note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": _("Enter at most %(number)s characters.", number=LONGEST_NOTE)})
    return note


def _checked_outcome(task: Task, outcome: str) -> str:
    kind = kind_of(task.kind)
    if outcome and (kind is None or outcome not in dict(kind.outcomes)):
        raise InvalidInput({"outcome": _("Choose what came of it.")})
    return outcome
