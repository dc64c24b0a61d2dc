"""What can be done with tasks, by every module and by the person at the screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from core.clock import now, today
from core.db import db
from core.errors import Forbidden, InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.people import current_person_or_none
from core.people.identity import person_by_id
from core.tasks.errors import TaskClosed, TaskNotFound, WrongOwner
from core.tasks.kinds import kind_of
from core.tasks.models import DONE, OPEN, WITHDRAWN, Task, TaskAct
from core.text import tidy_lines

LONGEST_NOTE = 2000
_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A task to be asked for."""

    kind: str
    unique_key: str
    title: str
    due_on: date
    customer_id: UUID | None = None
    deal_id: UUID | None = None
    number: str | None = None
    pool: str = ""
    owner_id: UUID | None = None
    say: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def ask(
    kind: str,
    unique_key: str,
    title: str,
    due_on: date,
    *,
    customer_id: UUID | None = None,
    deal_id: UUID | None = None,
    number: str | None = None,
    pool: str = "",
    owner_id: UUID | None = None,
    say: str = "",
    words: Mapping[str, str] | None = None,
) -> UUID:
    """Ask for something to be done; what was asked under this key before stays as it is.

    Title and text are msgids: each reader sees them in his language, `words` in their places.
    """
    ask_many(
        [
            Ask(
                kind=kind, unique_key=unique_key, title=title, due_on=due_on,
                customer_id=customer_id, deal_id=deal_id, number=number, pool=pool,
                owner_id=owner_id, say=say, words=words or {},
            )
        ]
    )  # fmt: skip
    return db.session.scalars(select(Task.id).where(Task.unique_key == unique_key)).one()


def ask_many(asks: Sequence[Ask]) -> int:
    """Ask for many things at once; return how many had not been asked for before."""
    rows = [_row(each) for each in {each.unique_key: each for each in asks}.values()]
    statement = _insert_new()
    made: list[tuple[UUID, str]] = []
    for start in range(0, len(rows), _CHUNK):
        result = db.session.execute(statement, rows[start : start + _CHUNK])
        made += [(id_, kind) for id_, kind in result]
    _tell(made)
    return len(made)


def withdraw(
    reason: str,
    *,
    unique_key: str | None = None,
    prefix: str | None = None,
    deal_id: UUID | None = None,
    customer_id: UUID | None = None,
    kind: str | None = None,
) -> int:
    """Take back open tasks that are needed no longer; return how many.

    Everything named must fit: a deal and a kind take back that kind of task of that deal.
    """
    named: list[ColumnElement[bool]] = []
    if unique_key is not None:
        named.append(Task.unique_key == unique_key)
    if prefix is not None:
        named.append(Task.unique_key.startswith(prefix, autoescape=True))
    named += [
        column == value
        for column, value in (
            (Task.deal_id, deal_id), (Task.customer_id, customer_id), (Task.kind, kind)
        )
        if value is not None
    ]  # fmt: skip
    if not named:
        raise ValueError("withdraw() must be told which tasks")
    query = select(Task).where(Task.state == OPEN, *named).order_by(Task.id).with_for_update()
    tasks = db.session.scalars(query).all()
    for task in tasks:
        _close(task, WITHDRAWN, reason)
    return len(tasks)


def finish(task_id: UUID, note: str = "") -> Task:
    """Mark a task as done, with what came of it.

    Raises:
        TaskNotFound, TaskClosed, Forbidden: when it cannot be done, or not by this person.
    """
    task = _open_task(task_id)
    _close(task, DONE, _checked_note(note))
    kind = kind_of(task.kind)
    if kind is not None and kind.when_done is not None:
        kind.when_done(task)
    return task


def postpone(task_id: UUID, due_on: date, note: str = "") -> Task:
    """Do it on another day, which is not over yet."""
    task = _open_task(task_id)
    if due_on < today():
        raise InvalidInput({"due_on": _("Choose today or a later day.")})
    _note(task, "postponed", _checked_note(note), due_on=due_on, due_before=task.due_on)
    task.due_on = due_on
    return task


def take(task_id: UUID) -> Task:
    """Make a task of the department one's own."""
    person = current_person_or_none()
    if person is None:
        raise Forbidden
    task = _open_task(task_id)
    _note(task, "taken", "", owner=person.name)
    task.owner_id = person.id
    return task


def hand_over(task_id: UUID, owner_id: UUID | None, note: str = "") -> Task:
    """Give a task to somebody else, or (None) back to the department.

    Raises:
        WrongOwner: when that person does not do such work.
    """
    task = _open_task(task_id)
    if owner_id is None:
        _note(task, "released", _checked_note(note))
    else:
        owner, kind = person_by_id(owner_id), kind_of(task.kind)
        if owner is None or (kind is not None and kind.permission not in owner.permissions):
            raise WrongOwner
        _note(task, "handed_over", _checked_note(note), owner=owner.name)
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


def _close(task: Task, state: str, note: str) -> None:
    _note(task, state, note)
    person = current_person_or_none()
    task.state, task.note = state, note
    task.closed_at, task.closed_by = now(), person.name if person else None


def _note(
    task: Task,
    act: str,
    note: str,
    *,
    due_on: date | None = None,
    due_before: date | None = None,
    owner: str | None = None,
) -> None:
    person = current_person_or_none()
    db.session.add(
        TaskAct(
            id=new_id(), task_id=task.id, act=act, at=now(), by=person.name if person else None,
            note=note, due_on=due_on, due_before=due_before, owner=owner,
        )
    )  # fmt: skip
    _tell([(task.id, task.kind)])


def _checked_note(note: str) -> str:
    note = tidy_lines(note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": _("Enter at most %(number)s characters.", number=LONGEST_NOTE)})
    return note


def _row(each: Ask) -> dict[str, object]:
    person = current_person_or_none()
    return {
        **{name: getattr(each, name) for name in Ask.__dataclass_fields__},
        "words": dict(each.words),
        "id": new_id(),
        "state": OPEN,
        "created_at": now(),
        "created_by": person.name if person else None,
    }


def _insert_new() -> ReturningInsert[UUID, str]:
    dialect = db.session.get_bind().dialect.name
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(Task)
    return statement.on_conflict_do_nothing(index_elements=["unique_key"]).returning(
        Task.id, Task.kind
    )


def _tell(tasks: Iterable[tuple[UUID, str]]) -> None:
    """Let open screens know: one by one for a few, as a whole for many."""
    tasks = list(tasks)
    kinds = {kind for _id, kind in tasks}
    ref = str(tasks[0][0]) if len(tasks) == 1 else ""
    for module in {known.module for name in kinds if (known := kind_of(name)) and known.module}:
        hint(f"{module}.tasks", ref)
    if tasks:
        hint("tasks", ref)
