"""Follow how the departments carry out what was agreed; when all is done the review begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import now
from core.company import company
from core.db import db
from core.deals.facts import GoodsLine
from core.errors import Forbidden
from core.live.hints import hint
from core.money import ZERO
from core.people.identity import may
from modules.service.errors import CarriedOutElsewhere
from modules.service.events import CompensationCarriedOut
from modules.service.models import Compensation, CompensationLine, CompensationPart, Complaint
from modules.service.models.compensations import EXCHANGE, RETURN
from modules.service.models.complaints import CARRY_OUT
from modules.service.queries.complaints import compensations
from modules.service.services.complaints.acts import append, checked, held, locked
from modules.service.services.complaints.agreeing import kind_of

_OPEN = ("agreed", "carried_out")


@dataclass(frozen=True)
class Done:
    """Who did a part, and by which paper."""

    by: str
    document: str = ""


def set_carried_out(complaint_id: UUID, text: str) -> Complaint:
    """Say that it is carried out, where no department says so by itself.

    Raises:
        CarriedOutElsewhere: when departments have still to do their parts; the head of service
          may say so all the same.
    """
    complaint = held(complaint_id, CARRY_OUT)
    offer = next((one for one in compensations(complaint_id) if one.state == "agreed"), None)
    if offer is not None and not offer.is_carried_out:
        if not may("service.lead"):
            raise CarriedOutElsewhere
        if not text.strip():
            raise Forbidden(permission="service.lead")
    _finish(complaint, offer, checked(text))
    return complaint


def credited(
    deal_id: UUID, compensation_id: UUID | None, to_give_back: Decimal, done: Done
) -> None:
    """Finance has issued a credit note: what was agreed, or one for goods that came back."""
    for offer in _of_deal(deal_id):
        part = offer.part("credit_note")
        is_its = offer.id == compensation_id or (compensation_id is None and offer.kind == RETURN)
        if part is None or not is_its:
            continue
        if to_give_back > 0:
            _give_back(offer, to_give_back)
        if offer.part("goods_back") is None:
            _done(part, done)
        _look(offer)
        return


def refunded(deal_id: UUID, amount: Decimal, done: Done) -> None:
    """Finance has given money back, or keeps it as the customer's credit; the oldest first."""
    for offer in _of_deal(deal_id):
        part = offer.part("refund")
        if part is None or amount <= 0:
            continue
        paid = min(amount, part.amount - part.paid)
        part.paid, amount = part.paid + paid, amount - paid
        if part.paid == part.amount:
            _done(part, done)
        _look(offer)


def came_back(deal_id: UUID, lines: Sequence[GoodsLine], done: Done) -> None:
    """Goods came back: those that were to be exchanged or returned, the oldest promise first."""
    left = _summed(lines)
    for offer in _of_deal(deal_id):
        part = offer.part("goods_back")
        if part is None or offer.kind not in (EXCHANGE, RETURN):
            continue
        for line in offer.lines:
            taken = min(line.quantity - line.returned, left.get(line.line_id, ZERO))
            line.returned += taken
            left[line.line_id] = left.get(line.line_id, ZERO) - taken
        if all(line.returned == line.quantity for line in offer.lines):
            _done(part, done)
        _look(offer)


def replaced(compensation_id: UUID, replacements: dict[UUID, UUID], done: Done) -> None:
    """Sales has entered the new goods on lines of their own."""
    offer = db.session.get(Compensation, compensation_id)
    if offer is None or (part := offer.part("replacement")) is None:
        return
    for line in offer.lines:
        line.replacement_id = replacements.get(line.line_id)
    _done(part, done)
    _look(offer)


def arrived(lines: Sequence[GoodsLine], done: Done) -> None:
    """New goods are in the customer's hands."""
    came = _summed(lines)
    query = select(CompensationLine.compensation_id).where(
        CompensationLine.replacement_id.in_(list(came))
    )
    for compensation_id in sorted(set(db.session.scalars(query))):
        offer = db.session.get(Compensation, compensation_id)
        if offer is None or (part := offer.part("delivery")) is None:
            continue
        for line in offer.lines:
            line.delivered += came.get(line.replacement_id, ZERO) if line.replacement_id else ZERO
        if all(line.delivered >= line.quantity for line in offer.lines):
            _done(part, done)
        _look(offer)


def repaired(complaint_id: UUID, done: Done) -> None:
    """Somebody of service has repaired the goods."""
    for offer in compensations(complaint_id):
        if part := offer.part("repair"):
            _done(part, done)
            _look(offer)


def _of_deal(deal_id: UUID) -> Sequence[Compensation]:
    query = select(Compensation).where(
        Compensation.deal_id == deal_id, Compensation.state.in_(_OPEN)
    )
    return db.session.scalars(query.order_by(Compensation.proposed_at, Compensation.id)).all()


def _give_back(offer: Compensation, amount: Decimal) -> None:
    part = offer.part("refund")
    if part is None:
        place = len(offer.parts) + 1
        part = CompensationPart(
            position=place, part="refund", department="finance", amount=ZERO, paid=ZERO
        )
        offer.parts.append(part)
    part.amount += amount


def _done(part: CompensationPart, done: Done) -> None:
    part.done_at, part.done_by, part.document = now(), done.by or None, done.document


def _look(offer: Compensation) -> None:
    """When every part is done the complaint goes on to its review."""
    db.session.flush()
    complaint = locked(offer.complaint_id)
    hint("service.complaints", complaint.number)
    if offer.is_carried_out and offer.state == "agreed" and complaint.state == CARRY_OUT:
        with force_locale(company().language):
            text = _("Every department has done its part.")
        _finish(complaint, offer, text)


def _finish(complaint: Complaint, offer: Compensation | None, text: str) -> None:
    if offer is not None:
        offer.state = "carried_out"
    append(complaint, "carried_out", text)
    if offer is None or offer.deal_id is None:
        return
    publish(
        CompensationCarriedOut(
            compensation_id=offer.id,
            complaint_id=complaint.id,
            complaint=complaint.number,
            deal_id=offer.deal_id,
            number=complaint.order or "",
            customer_id=complaint.customer_id,
            customer_name=complaint.customer_name,
            kind=kind_of(offer),
        )
    )


def _summed(lines: Iterable[GoodsLine]) -> dict[UUID, Decimal]:
    sums: dict[UUID, Decimal] = {}
    for line in lines:
        sums[line.line_id] = sums.get(line.line_id, ZERO) + line.quantity
    return sums
