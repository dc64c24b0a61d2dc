"""The same tasks in columns, by when they are due or by where the customer lives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select

from core.clock import today
from core.db import db
from core.people import current_person
from core.tasks.models import Task
from core.tasks.scopes import to_do
from core.tasks.trip import areas, in_area, with_customer
from core.tasks.work import Work, work_of

BY = ("day", "area")
#: So many cards stand in a column, and so many columns beside one another.
CARDS, COLUMNS = 10, 8


@dataclass(frozen=True)
class Column:
    """A column of the board: the most important of its tasks, and how many there are."""

    name: str
    title: str
    count: int
    works: list[Work]


def board(by: str = "day", whose: str = "me") -> list[Column]:
    """Return the open tasks of the person at the screen in columns."""
    mine = to_do(current_person(), whose)
    if by == "area":
        found = areas(whose)[:COLUMNS]
        return [_column(each.name, each.name or _("No area"), in_area(each.name), mine)
                for each in found]  # fmt: skip
    return [_column(name, title, condition, mine) for name, title, condition in _days()]


def end_of_week(day: date) -> date:
    """Return the Sunday of the week."""
    return day + timedelta(days=6 - day.weekday())


def _days() -> Iterable[tuple[str, str, ColumnElement[bool]]]:
    now, end = today(), end_of_week(today())
    return (
        ("overdue", _("Overdue"), Task.due_on < now),
        ("today", _("Today"), Task.due_on == now),
        ("week", _("This week"), (Task.due_on > now) & (Task.due_on <= end)),
        ("later", _("Later"), Task.due_on > end),
    )


def _column(
    name: str, title: str, condition: ColumnElement[bool], mine: ColumnElement[bool]
) -> Column:
    chosen = with_customer(select(Task)).where(mine, condition)
    rows = db.session.scalars(chosen.order_by(Task.rank_on, Task.id).limit(CARDS)).all()
    return Column(name, title, _count(chosen), work_of(rows))


def _count(query: Select[Task]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
