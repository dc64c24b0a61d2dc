"""Append what was done with a warranty, and keep two acts on it apart."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now
from core.company import company
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.people.identity import current_person_or_none
from core.promises import keeping as promises
from modules.service.errors import WarrantyEnded, WarrantyNotFound
from modules.service.models import Warranty, WarrantyAct
from modules.service.models.warranties import ENDED

PROMISE = "service.warranty_end"


def held(warranty_id: UUID) -> Warranty:
    """Return a warranty that was not ended, locked.

    Raises:
        WarrantyNotFound: when there is none.
        WarrantyEnded: when the goods came back or somebody has ended it.
    """
    query = select(Warranty).where(Warranty.id == warranty_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise WarrantyNotFound
    if row.state == ENDED:
        raise WarrantyEnded
    return row


def append(row: Warranty, act: str, text: str = "", words: Mapping[str, Any] | None = None) -> None:
    """Append an act."""
    person = current_person_or_none()
    row.acts.append(
        WarrantyAct(
            id=new_id(),
            warranty_id=row.id,
            position=len(row.acts) + 1,
            act=act,
            text=text,
            at=now(),
            by=person.name if person else None,
            words=dict(words or {}),
        )
    )
    hint("service.warranties", str(row.id))


def subject(deal_id: UUID, line_id: UUID) -> str:
    """Return what the reminder of its end hangs on: one for all pieces of a line."""
    return f"{deal_id}/{line_id}"


def forget_reminder(row: Warranty) -> None:
    """Take back the reminder of an end that is no longer true, if no other piece has it."""
    others = select(Warranty.id).where(
        Warranty.deal_id == row.deal_id,
        Warranty.line_id == row.line_id,
        Warranty.id != row.id,
        Warranty.state != ENDED,
    )
    if db.session.scalar(others.limit(1)) is None:
        with force_locale(company().language):  # kept as a note, which everybody reads as it is
            reason = _("The warranty ends on another day, or has ended already.")
        promises.withdraw(PROMISE, reason, subject=subject(row.deal_id, row.line_id))
