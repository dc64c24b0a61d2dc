"""Which line of an order somebody means who enters its lines anew."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask_babel import gettext as _

from core.errors import InvalidInput
from core.text import tidy
from modules.sales.drafts import LineDraft
from modules.sales.models import OrderLine


def completed(rows: Sequence[OrderLine], drafts: Sequence[LineDraft]) -> list[LineDraft]:
    """Return the drafts with the line that each replaces, and what of it was not entered anew.

    Raises:
        InvalidInput: when a draft names a line that is not there, or that another one named.
    """
    known = {row.id: row for row in rows}
    meant = _meant(rows, drafts)
    return [
        draft if id_ is None else _kept(draft, known[id_])
        for draft, id_ in zip(drafts, meant, strict=True)
    ]


def _meant(rows: Sequence[OrderLine], drafts: Sequence[LineDraft]) -> list[UUID | None]:
    """The line that a draft names, else the first free one of its product."""
    free = {row.id: row.sku for row in rows}
    errors = {}
    for at, draft in enumerate(drafts):
        if draft.line_id is not None and free.pop(draft.line_id, None) is None:
            errors[f"lines.{at}.line_id"] = _("This line is not in the order, or is named twice.")
    if errors:
        raise InvalidInput(errors)
    found = []
    for draft in drafts:
        id_ = draft.line_id
        if id_ is None:
            sku = tidy(draft.sku)
            id_ = next((each for each, its_sku in free.items() if its_sku == sku), None)
            if id_ is not None:
                del free[id_]
        found.append(id_)
    return found


def _kept(draft: LineDraft, row: OrderLine) -> LineDraft:
    if tidy(draft.sku) != row.sku:
        return replace(draft, line_id=row.id)
    price, discount = draft.unit_price, draft.discount_percent
    return replace(
        draft,
        line_id=row.id,
        unit_price=row.unit_price if price is None else price,
        discount_percent=row.discount_percent if discount is None else discount,
    )
