"""What service knows of customers, by which they can be found in segments."""

from typing import Any

from sqlalchemy import Select, literal, select

from core.local_days import local_day
from core.promises.kinds import kinds
from core.tasks.models import DONE, Task
from modules.service.models import Complaint


def open_complaints() -> Select[Any]:
    """Return a row for each complaint that is not closed."""
    query: Any = select(Complaint.customer_id, literal(1))
    found: Select[Any] = query.where(Complaint.state != "closed")
    return found


def last_call() -> Select[Any]:
    """Return the day of each call that was made, as the company's calendar has it."""
    calls = [kind.name for kind in kinds() if kind.module == "service"]
    query: Any = select(Task.customer_id, local_day(Task.closed_at))
    found: Select[Any] = query.where(Task.state == DONE, Task.kind.in_(calls))
    return found
