"""Some days before a warranty ends: once for all pieces of a line that end together."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.customers.resolution import resolve
from core.db import db
from core.promises.kinds import Occurrence, Span
from modules.service.models import Warranty
from modules.service.models.warranties import ENDED
from modules.service.remembering.grades import of_grades

_CHUNK = 1000


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


@dataclass(frozen=True)
class _Ending:
    customer_id: UUID
    deal_id: UUID
    line_id: UUID
    number: str
    product: str
    ends_on: date


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one call for each line whose warranty ends in so many days."""
    ahead = timedelta(settings["ahead"])
    found = _ending(span, ahead, settings["products"], about)
    for one in of_grades(settings["grades"], found):
        yield Occurrence(
            subject=f"{one.deal_id}/{one.line_id}",
            time=one.ends_on.isoformat(),
            customer_id=one.customer_id,
            deal_id=one.deal_id,
            number=one.number,
            due_on=one.ends_on - ahead,
            title=settings["title"],
            reason=_("The warranty of %(product)s (order %(number)s) ends on %(day)s."),
            say=settings["say"],
            words={
                "product": one.product,
                "number": one.number,
                "day": one.ends_on.isoformat(),
            },
            until=one.ends_on,
        )


def _ending(
    span: Span, ahead: timedelta, skus: Collection[str], about: Collection[UUID] | None
) -> Iterator[_Ending]:
    columns = (
        Warranty.customer_id, Warranty.deal_id, Warranty.line_id, Warranty.number,
        Warranty.ends_on,
    )  # fmt: skip
    query = (
        select(*columns[:4], func.min(Warranty.product), Warranty.ends_on)
        .where(
            Warranty.ends_on.between(_later(span.first, ahead), _later(span.last, ahead)),
            Warranty.state != ENDED,
        )
        .group_by(*columns)
        .order_by(Warranty.ends_on, Warranty.deal_id, Warranty.line_id, Warranty.customer_id)
    )
    if skus:
        query = query.where(Warranty.sku.in_(skus))
    if about is not None:
        query = query.where(Warranty.customer_id.in_(about))
    result = db.session.execute(query, execution_options={"yield_per": _CHUNK})
    for customer_id, deal_id, line_id, number, product, ends_on in result:
        yield _Ending(resolve(customer_id), deal_id, line_id, number, product, ends_on)


def _later(day: date, ahead: timedelta) -> date:
    return day + ahead if date.max - day >= ahead else date.max
