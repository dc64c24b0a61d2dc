"""Whom to call back, and when."""

from uuid import UUID

from sqlalchemy import func, select

from core.clock import today
from core.db import db
from core.paging import Page
from core.people.identity import current_person_or_none
from core.promises import kinds as promises
from core.tasks import queries as tasks
from core.tasks.models import OPEN as TASK_OPEN
from core.tasks.models import Task
from modules.service.tasks import ASK_OTHER


def kinds() -> tuple[str, ...]:
    """Return the kinds of calls: what service's promises make, and asking who has the same."""
    promised = (kind.name for kind in promises.kinds() if kind.module == "service")
    return (*promised, ASK_OTHER)


def follow_ups(
    customer_id: UUID | None = None,
    number: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[tasks.Work]:
    """Return service's tasks by the day they are due."""
    return tasks.tasks(
        customer_id=customer_id, number=number, kinds=kinds(), limit=limit, after=after
    )


def due(*, later: bool = False, limit: int = 50, after: str | None = None) -> Page[tasks.Work]:
    """Return the open follow-ups of today, the overdue first, or those of the days to come."""
    return tasks.open_tasks(kinds=kinds(), later=later, limit=limit, after=after)


def due_count(*, later: bool = False) -> int:
    """Return how many follow-ups are due today or before, or on the days to come."""
    if current_person_or_none() is None:
        return 0
    day = Task.due_on > today() if later else Task.due_on <= today()
    query = select(func.count()).where(Task.kind.in_(kinds()), Task.state == TASK_OPEN, day)
    return db.session.scalar(query) or 0
