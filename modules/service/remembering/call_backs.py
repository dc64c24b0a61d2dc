"""Every so many days after her latest delivery, by grade: a regular is never left alone."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from core.deals.handovers import Handover, handovers
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
    longest = timedelta(max(every.values()) * settings["times"])
    first = span.first - longest if span.first - date.min > longest else date.min
    found = handovers(first, span.last, skus=settings["products"], deal_ids=about)
    for _customer, some in groupby(with_grades(found), key=lambda pair: pair[0].customer_id):
        pairs = list(some)
        ends = [one.on for one, _grade in pairs[1:]] + [date.max]
        for (one, grade), end in zip(pairs, ends, strict=True):
            yield from _calls(one, every[grade], settings, min(end, span.last))


def _calls(
    one: Handover, every: int, settings: Mapping[str, Any], until: date
) -> Iterator[Occurrence]:
    for time in range(1, settings["times"] + 1):
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
