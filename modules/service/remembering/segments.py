"""What service knows of customers, by which they can be found in segments."""

from typing import Any

from sqlalchemy import Date, Select, func, literal, select

from core.promises.kinds import kinds
from core.tasks.models import DONE, Task
from modules.service.models import Complaint


def open_complaints() -> Select[Any]:
    """Return a row for each complaint that is not closed."""
    query: Any = select(Complaint.customer_id, literal(1))
    found: Select[Any] = query.where(Complaint.state != "closed")
    return found


def last_call() -> Select[Any]:
    """Return the day of each call that was made."""
    calls = [kind.name for kind in kinds() if kind.module == "service"]
    query: Any = select(Task.customer_id, func.date(Task.closed_at, type_=Date()))
    found: Select[Any] = query.where(Task.state == DONE, Task.kind.in_(calls))
    return found
