"""The customer owes less: goods came back, or she was promised an allowance."""

from collections.abc import Sequence
from decimal import Decimal
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
from modules.finance.errors import AllowanceTooLarge
from modules.finance.events import CreditNoteIssued
from modules.finance.models import CreditNote, CreditNoteLine
from modules.finance.queries.compensations import to_be_exchanged
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
    _issue(note, picture)
    return note


def credit_allowance(
    picture: Picture, amount: Decimal, reason: str, by: str, compensation_id: UUID
) -> CreditNote:
    """Credit a locked deal with what a customer was promised because she complained.

    Raises:
        AllowanceTooLarge: when it is more than she has to pay in all.
    """
    if amount > picture.net:
        raise AllowanceTooLarge(max(ZERO, picture.net), picture.currency, order=picture.number)
    note = CreditNote(
        deal_id=picture.deal_id,
        order=picture.number,
        currency=picture.currency,
        amount=amount,
        reason=reason,
        cause_id=compensation_id,
        by=by,
        lines=[],
    )
    _issue(note, picture, compensation_id)
    return note


def over_paid_by(picture: Picture, amount: Decimal) -> Decimal:
    """Return what of an amount is to be given back once it is credited: she had paid it already."""
    return max(ZERO, amount - picture.owed) - max(ZERO, -picture.owed)


def _issue(note: CreditNote, picture: Picture, compensation_id: UUID | None = None) -> None:
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
            compensation_id=compensation_id,
            to_give_back=over_paid_by(picture, note.amount),
        )
    )


def _fill(note: CreditNote, picture: Picture, lines: Sequence[GoodsLine]) -> None:
    known = {line.line_id: line for line in picture.lines}
    before, exchanged = credited(picture.deal_id), to_be_exchanged(picture.deal_id)
    parts: dict[UUID, CreditNoteLine] = {}
    for back in lines:
        line = known[back.line_id]
        # For goods that are exchanged the customer gets new ones: they are not credited.
        left = line.returned - before[back.line_id] - exchanged[back.line_id]
        quantity = min(back.quantity, max(ZERO, left))
        if not quantity:
            continue
        note.amount += part_of(line, before[back.line_id], quantity).amount
        before[back.line_id] += quantity
        # Two lots of one line come back as two entries and stand here as one.
        part = parts.setdefault(back.line_id, CreditNoteLine(line_id=back.line_id, quantity=ZERO))
        part.quantity += quantity
    note.lines.extend(parts.values())


def _reason() -> str:
    with force_locale(company().language):
        return _("Goods returned")
