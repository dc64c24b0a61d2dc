"""Customers who are gone, or buy less than they did: measured against their own rhythm."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.promises.kinds import Occurrence, Span
from core.rhythm.expected import expected
from core.rhythm.models import FADING, GONE, Expected
from modules.service.remembering.grades import of_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def find_gone(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield a task on the day on which a silence has become too long, once a silence."""
    for row, on in _worth(GONE, settings, span, about):
        yield _occurrence(row, on, settings, row.bought_on.isoformat())


def find_fading(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield a task when a purchase shows that she buys less, at most once in a quarter."""
    for row, on in _worth(FADING, settings, span, about):
        yield _occurrence(row, on, settings, f"{on.year}-{(on.month + 2) // 3}")


def _worth(
    kind: str, settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[tuple[Expected, date]]:
    least = Decimal(settings["least_amount"])
    found = expected(kind, span.first, span.last, customer_ids=about)
    due = {row: on for row, on in found if (row.amount or Decimal(0)) >= least}
    for row in of_grades(settings["grades"], due):
        yield row, due[row]


def _occurrence(row: Expected, on: date, settings: Mapping[str, Any], time: str) -> Occurrence:
    return Occurrence(
        subject=str(row.customer_id),
        time=time,
        customer_id=row.customer_id,
        due_on=on,
        title=settings["title"],
        reason=_("%(why)s About %(value)s a year is at risk."),
        say=settings["say"],
        words={"why": row.why, "value": f"{row.amount or Decimal(0)} {row.currency or ''}".strip()},
        amount=row.amount,
        currency=row.currency,
    )
