"""The same tasks on the days of a month or a week, and as a file for other calendars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from core.clock import now, today
from core.db import db
from core.people import current_person
from core.tasks.models import Task
from core.tasks.scopes import to_do
from core.tasks.work import Work, work_of

#: So many tasks are named on one day; the rest are counted.
IN_MONTH, IN_WEEK = 3, 30
#: So many days ahead, and so many tasks at the most, are written for other calendars.
AHEAD, MOST = 92, 1000


@dataclass(frozen=True)
class Day:
    """One day with the most important of its tasks, and how many there are."""

    day: date
    count: int
    works: list[Work]
    #: The day belongs to the month that is shown.
    inside: bool = True

    @property
    def is_today(self) -> bool:
        """Whether it is today."""
        return self.day == today()


def month(day: date, whose: str = "me") -> list[list[Day]]:
    """Return the weeks of a month, each from Monday to Sunday."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    found = _days(start, end, whose, IN_MONTH, inside=(first, last))
    return [found[at : at + 7] for at in range(0, len(found), 7)]


def week(day: date, whose: str = "me") -> list[Day]:
    """Return the days of a week, from Monday to Sunday."""
    start = day - timedelta(days=day.weekday())
    end = start + timedelta(days=6)
    return _days(start, end, whose, IN_WEEK, inside=(start, end))


def as_ics(link: str) -> str:
    """Return what is to be done in the next three months as a file for other calendars.

    It leaves the house, so it says only what kind of task it is and leads to the task's page:
    no name, no phone, no sum. `link` is the address of a task, with "{id}" in it.
    """
    query = select(Task).where(
        to_do(current_person()), Task.due_on <= today() + timedelta(days=AHEAD)
    )
    works = work_of(db.session.scalars(query.order_by(Task.due_on, Task.id).limit(MOST)))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lamplit//Tasks//EN"]
    for work in works:
        lines += _entry(work, link.replace("{id}", str(work.id)))
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _days(
    start: date, end: date, whose: str, named: int, *, inside: tuple[date, date]
) -> list[Day]:
    mine = to_do(current_person(), whose)
    between = (mine, Task.due_on >= start, Task.due_on <= end)
    per_day = select(Task.due_on, func.count()).where(*between).group_by(Task.due_on)
    counts = dict(db.session.execute(per_day).all())
    place = func.row_number().over(partition_by=Task.due_on, order_by=(Task.rank_on, Task.id))
    placed = select(Task.id, place.label("place")).where(*between).subquery()
    first = select(Task).join(placed, placed.c.id == Task.id).where(placed.c.place <= named)
    works = work_of(db.session.scalars(first.order_by(Task.due_on, Task.rank_on, Task.id)))
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return [
        Day(
            day,
            counts.get(day, 0),
            [work for work in works if work.task.due_on == day],
            inside[0] <= day <= inside[1],
        )
        for day in days
    ]


def _entry(work: Work, link: str) -> Sequence[str]:
    day = work.task.due_on
    return (
        "BEGIN:VEVENT",
        f"UID:{work.id}@lamplit",
        f"DTSTAMP:{now():%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(str(work.kind.title))}",
        f"URL:{link}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """A line has at most 75 octets; what goes on begins with a space (RFC 5545, 3.1)."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > 75:
            parts.append(part)
            part = " "
        part += character
    return [*parts, part]
