"""Goods that will soon be used up, by her own rhythm and quantities."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.products.queries import products_by_sku
from core.promises.kinds import Occurrence, Span
from core.rhythm.expected import expected
from core.rhythm.models import RUN_OUT, Expected
from modules.service.remembering.grades import of_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one task for each product that will be used up in so many days, once a purchase."""
    found = expected(
        RUN_OUT,
        span.first,
        span.last,
        ahead=settings["ahead"],
        skus=settings["products"],
        least=settings["least"],
        customer_ids=about,
    )
    due = [(row, on) for row, on in found if row.sku not in settings["except"]]
    names = {sku: one.name for sku, one in products_by_sku(row.sku for row, _on in due).items()}
    days = dict(due)
    for row in of_grades(settings["grades"], days):
        yield Occurrence(
            subject=subject(row.customer_id, row.sku),
            time=row.bought_on.isoformat(),
            customer_id=row.customer_id,
            due_on=days[row],
            title=settings["title"],
            reason=_("%(why)s Used up about %(day)s (%(percent)s%% sure to a week)."),
            say=settings["say"],
            words=_words(row, names),
            until=row.on_day + timedelta(30),
        )


def subject(customer_id: UUID, sku: str) -> str:
    """Return what such a task hangs on."""
    return f"{customer_id}/{sku}"


def _words(row: Expected, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "why": row.why,
        "day": row.on_day.isoformat(),
        "percent": str(row.confidence),
        "sku": row.sku,
        "product": names.get(row.sku, row.sku),
        "quantity": str(row.quantity.normalize() if row.quantity is not None else 1),
    }
