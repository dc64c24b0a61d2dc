"""What customers have said of us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Subquery, case, func, select, tuple_

from core.clock import now, today, zone
from core.customers.models import Customer, CustomerAlias
from core.customers.queries import named
from core.db import db
from core.paging import Page, decode, encode
from modules.service.models import Feedback

#: A mean of fewer answers says more of chance than of us.
ENOUGH: Final = 5
#: From so many answers on the share of those who would recommend us is shown.
ENOUGH_FOR_NPS: Final = 30
NPS_WITHIN: Final = timedelta(days=90)
_MONTHS: Final = 12
_PROMOTES, _DETRACTS = 9, 6


@dataclass(frozen=True)
class Mean:
    """The answers of one month or about one person."""

    of: str
    answers: int
    #: None while there are too few.
    mean: float | None


@dataclass(frozen=True)
class Nps:
    """Who would recommend us (9 and 10), and who would not (0 to 6)."""

    answers: int
    promoters: int
    detractors: int

    @property
    def score(self) -> int | None:
        """The share of the ones minus that of the others, -100 to 100; None while too few."""
        if self.answers < ENOUGH_FOR_NPS:
            return None
        return round(100 * (self.promoters - self.detractors) / self.answers)


def answered(link_id: UUID) -> Feedback | None:
    """Return what was answered by a link; None before it was."""
    return db.session.scalar(select(Feedback).where(Feedback.link_id == link_id))


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


def nps() -> Nps:
    """Return how likely customers are to recommend us: the newest answer of each, of 90 days."""
    leading = _leading()
    person = func.coalesce(leading.c.customer_id, Feedback.customer_id)
    newest = func.row_number().over(
        partition_by=person, order_by=(Feedback.at.desc(), Feedback.id.desc())
    )
    answers = (
        select(Feedback.nps.label("nps"), newest.label("place"))
        .outerjoin(leading, leading.c.alias_id == Feedback.customer_id)
        .where(Feedback.nps.is_not(None), Feedback.at > now() - NPS_WITHIN)
        .subquery()
    )
    query = select(
        func.count(),
        func.coalesce(func.sum(case((answers.c.nps >= _PROMOTES, 1), else_=0)), 0),
        func.coalesce(func.sum(case((answers.c.nps <= _DETRACTS, 1), else_=0)), 0),
    ).where(answers.c.place == 1)
    count, promoters, detractors = db.session.execute(query).one()
    return Nps(count, int(promoters), int(detractors))


def by_month() -> list[Mean]:
    """Return the answers of the last twelve months that have any, the oldest first."""
    months = _last_months()
    month = case(*((Feedback.at >= begin, name) for name, begin in reversed(months)))
    named = (
        select(month.label("month"), Feedback.score).where(Feedback.at >= months[0][1]).subquery()
    )
    query = (
        select(named.c.month, func.count(), func.avg(named.c.score))
        .group_by(named.c.month)
        .order_by(named.c.month)
    )
    return [_mean(*row) for row in db.session.execute(query)]


def by_person() -> list[Mean]:
    """Return the last twelve months' answers about each person who served, by name."""
    query = (
        select(Feedback.served_by, func.count(), func.avg(Feedback.score))
        .where(Feedback.at >= _last_months()[0][1])
        .group_by(Feedback.served_by)
        .order_by(Feedback.served_by)
    )
    return [_mean(*row) for row in db.session.execute(query)]


def _last_months() -> list[tuple[str, datetime]]:
    """Return the last months with the moment at which each began in the company's zone."""
    this = today().year * 12 + today().month - 1
    begun = [(each // 12, each % 12 + 1) for each in range(this - _MONTHS + 1, this + 1)]
    return [
        (f"{year}-{month:02}", datetime(year, month, 1, tzinfo=zone())) for year, month in begun
    ]


def _leading() -> Subquery:
    """Return the card that stands for each alias: a customer with two cards is one person."""
    pairs = select(CustomerAlias.alias_id, CustomerAlias.customer_id).cte("pairs", recursive=True)
    farther = select(pairs.c.alias_id, CustomerAlias.customer_id).join(
        CustomerAlias, CustomerAlias.alias_id == pairs.c.customer_id
    )
    pairs = pairs.union(farther)
    ends = pairs.c.customer_id.not_in(select(CustomerAlias.alias_id))
    return select(pairs.c.alias_id, pairs.c.customer_id).where(ends).subquery("leading")


def _mean(of: str, answers: int, mean: object) -> Mean:
    return Mean(of, answers, float(str(mean)) if answers >= ENOUGH else None)
