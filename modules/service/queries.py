"""What service can look up."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.deals.picture import Picture
from core.paging import Page, decode, encode
from core.people.identity import current_person_or_none
from core.promises import kinds as promises
from core.tasks import queries as tasks
from core.tasks.models import OPEN as TASK_OPEN
from core.tasks.models import Task
from modules.service.errors import ComplaintNotFound
from modules.service.models import ANSWERED, CLOSED, OPEN, Complaint

STATES = (OPEN, ANSWERED, CLOSED)


def kinds() -> tuple[str, ...]:
    """Return the kinds of tasks that service's promises make."""
    return tuple(kind.name for kind in promises.kinds() if kind.module == "service")


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


def complaint(complaint_id: UUID) -> Complaint:
    """Return a complaint.

    Raises:
        ComplaintNotFound: when there is none.
    """
    found = db.session.get(Complaint, complaint_id)
    if found is None:
        raise ComplaintNotFound
    return found


def complaints(
    *,
    state: str | None = None,
    customer_id: UUID | None = None,
    deal_id: UUID | None = None,
    order: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Complaint]:
    """Return complaints, newest first."""
    query = select(Complaint).order_by(Complaint.opened_at.desc(), Complaint.id.desc())
    if state is not None:
        query = query.where(Complaint.state == state)
    if customer_id is not None:
        query = query.where(Complaint.customer_id.in_(same_customer(customer_id)))
    if deal_id is not None:
        query = query.where(Complaint.deal_id == deal_id)
    if order is not None:
        query = query.where(Complaint.order == order)
    if after:
        last = complaint(decode(after, "uuid")[0])
        key = tuple_(last.opened_at, last.id)
        query = query.where(tuple_(Complaint.opened_at, Complaint.id) < key)
    rows = db.session.scalars(query.limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def complaint_counts() -> dict[str, int]:
    """Return how many complaints are in each state."""
    query = select(Complaint.state, func.count()).group_by(Complaint.state)
    counted = dict.fromkeys(STATES, 0)
    for state, count in db.session.execute(query):
        counted[state] = count
    return counted


def open_complaint_count() -> int:
    """Return how many complaints wait for an answer or to be closed."""
    counts = complaint_counts()
    return counts[OPEN] + counts[ANSWERED]


def deal_panel(picture: Picture) -> dict[str, Any]:
    """Return what service adds to a deal's page."""
    return {
        "complaints": complaints(deal_id=picture.deal_id).items,
        "tasks": follow_ups(number=picture.number).items,
    }


def customer_panel(customer_id: UUID) -> dict[str, Any]:
    """Return what service adds to a customer's card."""
    return {"complaints": complaints(customer_id=customer_id, limit=20).items}
