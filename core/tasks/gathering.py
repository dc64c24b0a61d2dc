"""She is called once for what falls due on one day: tasks alike become one, each with its reason.

The first stays open; the others wait in it, in the state GATHERED, and keep what they hang on. So
what takes one of them back leaves the rest, and when it takes the first, the next one is opened.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from core.clock import today
from core.customers.models import CustomerAlias
from core.db import db
from core.tasks.acts import note_act
from core.tasks.kinds import kinds_on
from core.tasks.models import DONE, GATHERED, OPEN, Task

#: So many days around today are looked at: what is further away may still change.
_DAYS = timedelta(days=7)
_CHUNK = 200
#: Cards that were found to be one customer are called as one.
_CUSTOMER: Any = func.coalesce(CustomerAlias.customer_id, Task.customer_id)
_ALIKE = (_CUSTOMER, Task.kind, Task.title, Task.due_on)


def to_gather() -> list[UUID]:
    """Return customers who would be called more than once on one day for one promise."""
    query = (
        select(_CUSTOMER)
        .select_from(Task)
        .outerjoin(CustomerAlias, CustomerAlias.alias_id == Task.customer_id)
        .where(*_waiting())
        .group_by(*_ALIKE)
        .having(func.count() > 1, func.count(Task.owner_id.distinct()) < 2)
        .distinct()
        .limit(_CHUNK)
    )
    return list(db.session.scalars(query))


def gather(customer_ids: Collection[UUID]) -> int:
    """Make one task of those alike; return how many now wait in another."""
    ours = select(CustomerAlias.alias_id).where(CustomerAlias.customer_id.in_(customer_ids))
    theirs = Task.customer_id.in_(customer_ids) | Task.customer_id.in_(ours)
    query = select(Task).where(*_waiting(), theirs).order_by(Task.id)
    groups: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    for task in db.session.scalars(query.with_for_update(skip_locked=True)):
        groups[task.kind, task.title, _known(task), task.due_on].append(task)
    return sum(map(_one, groups.values()))


def members(tasks: Iterable[UUID]) -> dict[UUID, list[Task]]:
    """Return what waits in each of these tasks, in the order in which it was asked for."""
    query = select(Task).where(Task.gathered_in.in_(list(tasks)), Task.state == GATHERED)
    found: dict[UUID, list[Task]] = defaultdict(list)
    for task in db.session.scalars(query.order_by(Task.id)):
        if task.gathered_in is not None:
            found[task.gathered_in].append(task)
    return found


def is_settled(task: Task) -> bool:
    """Whether a task waits in one that was done: she was called, nothing is to be taken back."""
    first = db.session.get(Task, task.gathered_in) if task.gathered_in else None
    return first is not None and first.state == DONE


def pass_on(tasks: Collection[Task]) -> None:
    """Open what waits in tasks that were taken back, on the day and by whom it was to be done."""
    gone = {task.id: task for task in tasks}
    query = select(Task).where(Task.gathered_in.in_(list(gone)), Task.state == GATHERED)
    query = query.order_by(Task.id).with_for_update()
    heirs: dict[UUID, Task] = {}
    for task in db.session.scalars(query.execution_options(populate_existing=True)).all():
        if task.gathered_in is None:
            continue
        if (heir := heirs.get(task.gathered_in)) is not None:
            task.gathered_in = heir.id
            continue
        heirs[task.gathered_in] = task
        _inherit(task, gone[task.gathered_in])


def _inherit(task: Task, gone: Task) -> None:
    task.state, task.gathered_in = OPEN, None
    task.due_on, task.rank_on, task.owner_id = gone.due_on, gone.rank_on, gone.owner_id
    task.escalated_on = gone.escalated_on
    note_act(task, "opened", "")


def _waiting() -> tuple[ColumnElement[bool], ...]:
    kinds = [kind.name for kind in kinds_on() if kind.gathers]
    near = Task.due_on.between(today() - _DAYS, today() + _DAYS)
    return (Task.state == OPEN, near, Task.kind.in_(kinds), Task.customer_id.is_not(None))


def _known(task: Task) -> UUID | None:
    alias = db.session.get(CustomerAlias, task.customer_id)
    return alias.customer_id if alias is not None else task.customer_id


def _one(alike: list[Task]) -> int:
    """Make one of these; what somebody has taken takes the others in, but no colleague's."""
    taken = [task for task in alike if task.owner_id is not None]
    if len({task.owner_id for task in taken}) > 1:
        return 0
    first = (taken or alike)[0]
    return _into(first, [task for task in alike if task is not first])


def _into(first: Task, others: list[Task]) -> int:
    for other in others:
        other.state, other.gathered_in = GATHERED, first.id
        note_act(other, "gathered", "")
    if others:  # what waited in them waits in the first one now
        before = Task.gathered_in.in_([other.id for other in others])
        db.session.execute(update(Task).where(before).values(gathered_in=first.id))
    return len(others)
