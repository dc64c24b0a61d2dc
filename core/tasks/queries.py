"""What everybody may ask about tasks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.people import current_person, current_person_or_none
from core.people.identity import person_by_id
from core.people.queries import colleagues
from core.search.index import customers_matching
from core.tasks.errors import TaskNotFound
from core.tasks.kinds import kind_of, kinds_led_by, kinds_on, may_do
from core.tasks.models import GATHERED, OPEN, Task, TaskAct
from core.tasks.scopes import SCOPES, scope
from core.tasks.work import Work, work_of
from core.text import tidy

__all__ = [
    "SCOPES",
    "Work",
    "acts",
    "inbox",
    "inbox_counts",
    "my_open_count",
    "open_tasks",
    "task",
    "tasks",
    "who_could",
]


def tasks(
    *,
    customer_id: UUID | None = None,
    deal_id: UUID | None = None,
    number: str | None = None,
    kinds: Sequence[str] | None = None,
    state: str | None = None,
    later: bool | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Work]:
    """Return tasks by the day they are due, of modules that are on, a page at a time.

    `later` leaves out what is due today or before; `later=False` leaves out the rest.
    """
    query = _of(select(Task), customer_id=customer_id, deal_id=deal_id, number=number)
    on = [kind.name for kind in kinds_on()]
    query = query.where(Task.kind.in_([name for name in on if kinds is None or name in kinds]))
    query = query.where(Task.state != GATHERED if state is None else Task.state == state)
    if later is not None:
        query = query.where(Task.due_on > today() if later else Task.due_on <= today())
    return _by_day(query, limit, after)


def open_tasks(
    *,
    customer_id: UUID | None = None,
    deal_id: UUID | None = None,
    kinds: Sequence[str] | None = None,
    later: bool | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Work]:
    """Return what is still to be done, by the day it is due."""
    return tasks(
        customer_id=customer_id,
        deal_id=deal_id,
        kinds=kinds,
        state=OPEN,
        later=later,
        limit=limit,
        after=after,
    )


def inbox(
    part: str = "today", q: str = "", limit: int = 50, after: str | None = None
) -> Page[Work]:
    """Return the tasks of the person at the screen, the most important first (core.tasks.rank).

    The part is "today" (and overdue), "escalated" (passed up to her), "later", "mine", "others"
    (what colleagues have taken) or "done".
    """
    query = select(Task).where(scope(part, current_person()))
    if q.strip():
        query = query.where(about(q))
    return _newest_done(query, limit, after) if part == "done" else _by_rank(query, limit, after)


def inbox_counts() -> dict[str, int]:
    """Return how many tasks each part of the inbox holds."""
    person = current_person()
    parts = [part for part in SCOPES if part != "escalated" or kinds_led_by(person)]
    return {part: _count(scope(part, person)) for part in parts}


def my_open_count() -> int:
    """Return how many tasks are due for the person at the screen."""
    person = current_person_or_none()
    return _count(scope("today", person)) if person else 0


def task(task_id: UUID) -> Work:
    """Return one task, if the person at the screen may see it.

    Raises:
        TaskNotFound: when there is none, or it belongs to another department.
    """
    row = db.session.get(Task, task_id)
    kind = kind_of(row.kind) if row else None
    if row is None or kind is None or kind not in kinds_on():
        raise TaskNotFound(task_id=str(task_id))
    if not may_do(current_person(), row):
        raise TaskNotFound(task_id=str(task_id))
    return work_of([row])[0]


def acts(task_id: UUID) -> Sequence[TaskAct]:
    """Return what was done with a task, oldest first."""
    query = select(TaskAct).where(TaskAct.task_id == task_id).order_by(TaskAct.at, TaskAct.id)
    return db.session.scalars(query).all()


def who_could(*works: Work) -> list[tuple[UUID, str]]:
    """Return everybody who does all of such work, by name."""
    needed = {work.kind.permission for work in works}
    return [
        (each.id, each.name)
        for each in colleagues()
        if (person := person_by_id(each.id)) and needed <= person.permissions
    ]


def _of(
    query: Select[Task],
    *,
    customer_id: UUID | None,
    deal_id: UUID | None,
    number: str | None,
) -> Select[Task]:
    if customer_id is not None:
        query = query.where(Task.customer_id.in_(same_customer(customer_id)))
    if deal_id is not None:
        query = query.where(_with_those_in_it(Task.deal_id == deal_id))
    return query if number is None else query.where(_with_those_in_it(Task.number == number))


def _with_those_in_it(about: ColumnElement[bool]) -> ColumnElement[bool]:
    """A task is also about what waits in it."""
    gathered = select(Task.gathered_in).where(about, Task.state == GATHERED)
    return or_(about, Task.id.in_(gathered))


def about(q: str) -> ColumnElement[bool]:
    """Return the condition for tasks about what is typed: customer, phone or order number."""
    number = Task.number.icontains(tidy(q), autoescape=True)
    customers = customers_matching(q)
    return number if customers is None else or_(number, Task.customer_id.in_(customers))


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Task).where(condition)) or 0


def _by_rank(query: Select[Task], limit: int, after: str | None) -> Page[Work]:
    if after:
        day, id_ = decode(after, "date", "uuid")
        query = query.where(tuple_(Task.rank_on, Task.id) > tuple_(day, id_))
    rows = db.session.scalars(query.order_by(Task.rank_on, Task.id).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(work_of(rows[:limit]), encode(last.rank_on, last.id) if last else None)


def _by_day(query: Select[Task], limit: int, after: str | None) -> Page[Work]:
    if after:
        day, id_ = decode(after, "date", "uuid")
        query = query.where(tuple_(Task.due_on, Task.id) > tuple_(day, id_))
    rows = db.session.scalars(query.order_by(Task.due_on, Task.id).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(work_of(rows[:limit]), encode(last.due_on, last.id) if last else None)


def _newest_done(query: Select[Task], limit: int, after: str | None) -> Page[Work]:
    if after:
        last = db.session.get(Task, decode(after, "uuid")[0])
        query = (
            query.where(tuple_(Task.closed_at, Task.id) < (last.closed_at, last.id))
            if last
            else query
        )
    rows = db.session.scalars(
        query.order_by(Task.closed_at.desc(), Task.id.desc()).limit(limit + 1)
    ).all()
    return Page(work_of(rows[:limit]), encode(rows[limit - 1].id) if len(rows) > limit else None)
