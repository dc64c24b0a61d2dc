"""Goods that need looking after in a season, such as an air-conditioner in spring."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.deals.handovers import Handover, handovers
from core.promises.kinds import Occurrence, Span
from modules.service.remembering.grades import of_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one offer a year for each order, once the goods have been there long enough.

    Without products it offers nothing: nobody cleans everything.
    """
    if not settings["products"]:
        return
    last = span.last - timedelta(settings["after_days"])
    for one in of_grades(
        settings["grades"],
        handovers(date.min, last, skus=settings["products"], deal_ids=about),
    ):
        for due_on in _seasons(one, settings, span):
            yield _offer(one, due_on, settings)


def _seasons(one: Handover, settings: Mapping[str, Any], span: Span) -> Iterator[date]:
    ready = one.on + timedelta(settings["after_days"])
    last = min(span.last.year, one.on.year + settings["years"])
    for year in range(max(span.first.year, ready.year), last + 1):
        due_on = day_in(year, settings["season"])
        if due_on in span and due_on >= ready:
            yield due_on


def day_in(year: int, season: str) -> date:
    """Return the day "04-15" of a year; 29 February is the 28th in other years."""
    month, day = (int(part) for part in season.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def _offer(one: Handover, due_on: date, settings: Mapping[str, Any]) -> Occurrence:
    return Occurrence(
        subject=str(one.deal_id),
        time=str(due_on.year),
        customer_id=one.customer_id,
        deal_id=one.deal_id,
        number=one.number,
        due_on=due_on,
        title=settings["title"],
        reason=_("Delivered on %(day)s with order %(number)s; it is the season."),
        say=settings["say"],
        words={"number": one.number, "day": one.on.isoformat()},
        until=due_on + timedelta(90),
    )
