"""Some days after the goods came into her hands, once for each order."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.deals.handovers import handovers
from core.promises.kinds import Occurrence, Span
from modules.service.remembering.grades import of_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one call for each delivery so many days before."""
    after = timedelta(settings["days"])
    found = handovers(
        _before(span.first, after),
        _before(span.last, after),
        skus=settings["products"],
        deal_ids=about,
    )
    for one in of_grades(settings["grades"], found):
        yield Occurrence(
            subject=str(one.deal_id),
            customer_id=one.customer_id,
            deal_id=one.deal_id,
            number=one.number,
            due_on=one.on + after,
            title=settings["title"],
            reason=_("Order %(number)s was delivered on %(day)s."),
            say=settings["say"],
            words={"number": one.number, "day": one.on.isoformat()},
        )


def _before(day: date, after: timedelta) -> date:
    return day - after if day - date.min >= after else date.min
