"""Goods came back: the customer owes their worth less."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.company import company
from core.db import db
from core.deals.facts import GoodsLine
from core.deals.picture import Picture
from core.money import ZERO
from core.numbers import next_number
from modules.finance.events import CreditNoteIssued
from modules.finance.models import CreditNote, CreditNoteLine
from modules.finance.queries.goods import credited, part_of
from modules.finance.services.refunds import about


def credit_return(
    picture: Picture, lines: Sequence[GoodsLine], by: str, cause: UUID
) -> CreditNote | None:
    """Credit what came back to a locked deal at order prices, once for each return."""
    if db.session.scalar(select(CreditNote.id).where(CreditNote.cause_id == cause)):
        return None
    note = CreditNote(
        deal_id=picture.deal_id,
        order=picture.number,
        currency=picture.currency,
        amount=ZERO,
        reason=_reason(),
        cause_id=cause,
        by=by,
        lines=[],
    )
    _fill(note, picture, lines)
    if not note.amount:
        return None
    note.number = next_number("CN")
    db.session.add(note)
    db.session.flush()
    publish(
        CreditNoteIssued(
            **about(picture),
            document=note.number,
            amount=note.amount,
            reason=note.reason,
            credit_note_id=note.id,
        )
    )
    return note


def _fill(note: CreditNote, picture: Picture, lines: Sequence[GoodsLine]) -> None:
    known = {line.line_id: line for line in picture.lines}
    before = credited(picture.deal_id)
    parts: dict[UUID, CreditNoteLine] = {}
    for back in lines:
        note.amount += part_of(known[back.line_id], before[back.line_id], back.quantity).amount
        before[back.line_id] += back.quantity
        # Two lots of one line come back as two entries and stand here as one.
        part = parts.setdefault(back.line_id, CreditNoteLine(line_id=back.line_id, quantity=ZERO))
        part.quantity += back.quantity
    note.lines.extend(parts.values())


def _reason() -> str:
    with force_locale(company().language):
        return _("Goods returned")
