"""What customers have in common, learned once a day, from a sample, and kept."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from core.clock import today
from core.customers.resolution import merged_ids, resolve
from core.db import db
from core.deals.models import Deal
from core.rhythm.buying import Shop
from core.rhythm.forecasts import Courses, Lot, Shelf, Visits
from core.rhythm.queries import buyers, histories

_KEPT = "lamplit.rhythm.known"
#: So much more must have been sold that it is worth to learn again on the same day.
_WORTH = 1.1
#: So few deals are read at once: what changed today counts at once, too.
_FEW = 1000


@dataclass(frozen=True)
class Known:
    """What customers have in common, as of a day."""

    shelf: Shelf
    shop: Shop


@dataclass(frozen=True)
class _Kept:
    day: date
    deals: int
    known: Known


def known(app: Flask) -> Known:
    """Return what is known today; learned the first time, and when many sales have come."""
    kept = cast("_Kept | None", app.extensions.get(_KEPT))
    day, deals = today(), db.session.scalar(select(func.count()).select_from(Deal)) or 0
    if kept is None or kept.day != day or deals < _FEW or deals > kept.deals * _WORTH:
        kept = app.extensions[_KEPT] = _Kept(day, deals, _learned(day))
    return kept.known


def _learned(day: date) -> Known:
    first, drawn = _drawn(day)
    courses, visits = Courses(day, first), Visits(day)
    for history in histories(drawn, day):
        courses.offer(history)
        visits.offer(history)
    return Known(courses.shelf(), visits.shop())


def _drawn(day: date) -> tuple[date, set[UUID]]:
    """Return since when anything was sold, and from whom is learned."""
    first, lot, merged = day, Lot(), merged_ids()
    bought: set[UUID] = set()
    for each in buyers(day):
        first = min(first, each.since)
        if each.customer_id in merged:  # her other cards tell, too; there are few of her kind
            bought.add(resolve(each.customer_id))
        else:
            lot.offer(each.customer_id, each.again)
    return first, bought | lot.drawn()
