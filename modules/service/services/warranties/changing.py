"""Extend a warranty, or end it before its time."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from core.errors import InvalidInput
from core.text import tidy_lines
from modules.service.models import Warranty
from modules.service.models.warranties import ENDED
from modules.service.services.warranties.acts import append, forget_reminder, held

LONGEST_REASON = 2000


def extend(warranty_id: UUID, ends_on: date, reason: str) -> Warranty:
    """Let it end later: for the time of a repair, or because we are generous.

    Raises:
        WarrantyNotFound, WarrantyEnded: when there is none, or none any more.
        InvalidInput: when the day is not later, or nobody says why.
    """
    row = held(warranty_id)
    errors = _without_reason(reason)
    if ends_on <= row.ends_on:
        errors["ends_on"] = _("Choose a day after the present end.")
    if errors:
        raise InvalidInput(errors)
    forget_reminder(row)
    before, row.ends_on = row.ends_on, ends_on
    append(row, "extended", tidy_lines(reason), {"from": before.isoformat(), "to": str(ends_on)})
    return row


def end(warranty_id: UUID, reason: str) -> Warranty:
    """End it before its time.

    Raises:
        WarrantyNotFound, WarrantyEnded: when there is none, or none any more.
        InvalidInput: when nobody says why.
    """
    row = held(warranty_id)
    if errors := _without_reason(reason):
        raise InvalidInput(errors)
    row.state = ENDED
    forget_reminder(row)
    append(row, "ended", tidy_lines(reason))
    return row


def _without_reason(reason: str) -> dict[str, str]:
    text = tidy_lines(reason)
    if not text:
        return {"reason": _("Say why, so that everybody understands it later.")}
    if len(text) > LONGEST_REASON:
        return {"reason": _("Enter at most %(number)s characters.", number=LONGEST_REASON)}
    return {}
