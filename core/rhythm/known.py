"""What customers have in common, learned once a day and kept: to learn it everything is read."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Flask
from sqlalchemy import func, select

from core.clock import today
from core.db import db
from core.deals.models import Deal
from core.rhythm.buying import Shop
from core.rhythm.forecasts import Courses, Shelf, Visits
from core.rhythm.queries import purchases

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
    """Return what is known today; reads all histories the first time, and when many have come."""
    kept = cast("_Kept | None", app.extensions.get(_KEPT))
    day, deals = today(), db.session.scalar(select(func.count()).select_from(Deal)) or 0
    if kept is None or kept.day != day or deals < _FEW or deals > kept.deals * _WORTH:
        kept = app.extensions[_KEPT] = _Kept(day, deals, _learned(day))
    return kept.known


def _learned(day: date) -> Known:
    courses, visits = Courses(day), Visits(day)
    for history in purchases(day):
        courses.offer(history)
        visits.offer(history)
    return Known(courses.shelf(), visits.shop())
