"""What comes first in the inbox: lateness, who the customer is, and how much money it is about."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, update

from core.customers.models import Customer
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.live.hints import hint
from core.tasks.models import OPEN, Task

#: By how many days a customer's grade lets her tasks go before those of others.
GRADE_DAYS = {"A": 6, "B": 3}
#: A sum of this many digits before the point counts two days, and two more for every further one.
_DIGITS = 4
_MOST_SUM_DAYS = 8
_CHUNK = 500


def sum_days(amount: Decimal | None) -> int:
    """Return by how many days a sum lets a task go first: 1,000 two, 10,000 four, … at most 8."""
    digits = len(str(int(abs(amount)))) if amount else 0
    return min(_MOST_SUM_DAYS, max(0, 2 * (digits - _DIGITS + 1)))


def rank_on(due_on: date, weight: int, amount: Decimal | None, grade: str) -> date:
    """Return the day by which a task stands in the inbox; the earlier, the more important.

    It is the day the task is due, less its weight in days, less 6 for a customer of grade A and 3
    for B, less `sum_days` of the money it is about. So a task for an A customer stands where that
    of another stands that was due six days before, and every day of lateness counts as a day. None
    of it changes while days pass: the order is stored and indexed, and never sorted anew.
    """
    return due_on - timedelta(days=weight + GRADE_DAYS.get(grade, 0) + sum_days(amount))


def grades_of(customer_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the grades of these customers, under the ids that were asked for."""
    wanted = {each: resolve(each) for each in customer_ids if each is not None}
    leading = sorted(set(wanted.values()))
    found: dict[UUID, str] = {}
    for start in range(0, len(leading), _CHUNK):
        part = leading[start : start + _CHUNK]
        rows = db.session.execute(select(Customer.id, Customer.grade).where(Customer.id.in_(part)))
        found |= dict(rows.all())
    return {each: found.get(card, "") for each, card in wanted.items()}


def rerank(customer_ids: Collection[UUID]) -> int:
    """Put the open tasks of these customers in their place again; their grade has changed.

    Returns how many tasks stand elsewhere now.
    """
    ids = sorted({one for each in customer_ids for one in same_customer(each)})
    moved = sum(_rerank(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK))
    if moved:
        hint("tasks")
    return moved


def _rerank(customer_ids: list[UUID]) -> int:
    columns = (Task.id, Task.customer_id, Task.due_on, Task.weight, Task.amount, Task.rank_on)
    query = select(*columns).where(Task.state == OPEN, Task.customer_id.in_(customer_ids))
    rows = db.session.execute(query).all()
    grades = grades_of({row.customer_id for row in rows})
    news = [
        {"id": row.id, "rank_on": new}
        for row in rows
        if (new := rank_on(row.due_on, row.weight, row.amount, grades[row.customer_id]))
        != row.rank_on
    ]
    if news:
        db.session.execute(update(Task), news)
    return len(news)
