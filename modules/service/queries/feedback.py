"""What customers have said of us."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from core.clock import local
from core.customers.models import Customer
from core.customers.queries import named
from core.db import db
from core.paging import Page, decode, encode
from modules.service.models import Feedback

#: A mean of fewer answers says more of chance than of us.
ENOUGH = 5
_MONTHS = 12


@dataclass(frozen=True)
class Mean:
    """The answers of one month or about one person."""

    of: str
    answers: int
    #: None while there are too few.
    mean: float | None


def feedback(
    *, limit: int = 50, after: str | None = None
) -> Page[tuple[Feedback, Customer | None]]:
    """Return answers with the customers, newest first."""
    query = select(Feedback).order_by(Feedback.at.desc(), Feedback.id.desc()).limit(limit + 1)
    last = db.session.get(Feedback, decode(after, "uuid")[0]) if after else None
    if last is not None:
        query = query.where(tuple_(Feedback.at, Feedback.id) < tuple_(last.at, last.id))
    rows = db.session.scalars(query).all()
    cards = named({row.customer_id for row in rows})
    items = [(row, cards.get(row.customer_id)) for row in rows[:limit]]
    return Page(items, encode(rows[limit - 1].id) if len(rows) > limit else None)


def by_month() -> list[Mean]:
    """Return the last months' answers, the oldest first."""
    months: dict[str, list[int]] = {}
    for at, score in db.session.execute(select(Feedback.at, Feedback.score)):
        day: date = local(at).date()
        months.setdefault(f"{day.year}-{day.month:02}", []).append(score)
    return [_mean(month, months[month]) for month in sorted(months)[-_MONTHS:]]


def by_person() -> list[Mean]:
    """Return the answers about each person who served, by name."""
    people: dict[str, list[int]] = {}
    for name, score in db.session.execute(select(Feedback.served_by, Feedback.score)):
        people.setdefault(name, []).append(score)
    return [_mean(name, people[name]) for name in sorted(people)]


def _mean(of: str, scores: list[int]) -> Mean:
    mean = sum(scores) / len(scores) if len(scores) >= ENOUGH else None
    return Mean(of, len(scores), mean)
