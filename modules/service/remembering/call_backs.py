"""Every so many days after her latest delivery, by grade: a regular is never left alone."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.deals.handovers import Handover, followed
from core.promises.kinds import Occurrence, Span
from modules.service.remembering.grades import with_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield the calls after each customer's deliveries; a new delivery begins the count anew."""
    every = {grade: settings[f"every_{grade or 'C'}"] for grade in ("A", "B", "C", "")}
    waits = {timedelta(days * time) for days in every.values() for time in _times(settings)}
    found = followed(
        _before(span.first, max(waits)),
        span.last,
        [(_before(span.first, wait), _before(span.last, wait)) for wait in sorted(waits)],
        skus=settings["products"],
        deal_ids=about,
    )
    for one, grade in with_grades(found):
        yield from _calls(one, every[grade], settings, min(one.again_on or date.max, span.last))


def _times(settings: Mapping[str, Any]) -> range:
    return range(1, settings["times"] + 1)


def _before(day: date, wait: timedelta) -> date:
    return day - wait if day - date.min > wait else date.min


def _calls(
    one: Handover, every: int, settings: Mapping[str, Any], until: date
) -> Iterator[Occurrence]:
    for time in _times(settings):
        due_on = one.on + timedelta(every * time)
        if due_on > until:
            return
        yield Occurrence(
            subject=str(one.deal_id),
            time=str(time),
            customer_id=one.customer_id,
            deal_id=one.deal_id,
            number=one.number,
            due_on=due_on,
            title=settings["title"],
            reason=_("Every %(days)s days; her last delivery was on %(day)s."),
            say=settings["say"],
            words={"days": str(every), "day": one.on.isoformat()},
        )
