"""Tell the customer what is proposed, and agree with her."""

from uuid import UUID

from bus import publish
from core.clock import today
from core.deals.locking import lock
from core.deals.picture import Picture
from core.people.identity import current_person
from modules.service.events import (
    CompensatedLine,
    CompensationAgreed,
    CompensationKind,
)
from modules.service.models import Compensation, CompensationPart, Complaint
from modules.service.models.compensations import NONE, PARTS, REPAIR
from modules.service.models.complaints import AGREE
from modules.service.queries.complaints import compensations
from modules.service.services.complaints import errands
from modules.service.services.complaints.acts import append, checked, held
from modules.service.services.complaints.proposing import check_possible
from modules.service.services.complaints.told import restated


def tell(complaint_id: UUID, text: str, *, agreed: bool) -> Complaint:
    """Keep what the customer was told; when she agrees, the departments carry it out.

    When she does not agree, something else is to be proposed.

    Raises:
        MoreThanPrice, NotWithCustomerAnymore: when the order no longer allows it.
    """
    complaint = held(complaint_id, AGREE)
    offer = next(one for one in compensations(complaint.id) if one.state == "proposed")
    if not agreed:
        offer.state = "gone"
        append(complaint, "refused", checked(text))
        return complaint
    offer.state = "agreed"
    offer.parts = [
        CompensationPart(position=at, part=part, department=department)
        for at, (part, department) in enumerate(PARTS[offer.kind], 1)
    ]
    append(complaint, "agreed", checked(text))
    if offer.kind != NONE and complaint.deal_id is not None:
        _promise(complaint, offer, lock([complaint.deal_id])[complaint.deal_id])
    return complaint


def _promise(complaint: Complaint, offer: Compensation, deal: Picture) -> None:
    check_possible(offer, deal)
    if offer.kind == REPAIR:
        goods = ", ".join(f"{line.quantity.normalize():f} × {line.name}" for line in offer.lines)
        errands.ask_repair(complaint, f"{goods}. {offer.text}")
    if complaint.holds == "shipping":
        _free_shipping(complaint, deal)
    publish(_agreed(complaint, offer, deal))


def _free_shipping(complaint: Complaint, deal: Picture) -> None:
    """What she agreed to may have to be sent: her complaint holds no goods any more."""
    complaint.holds = "none"
    publish(restated(complaint, deal, "agreed"))


def _agreed(complaint: Complaint, offer: Compensation, deal: Picture) -> CompensationAgreed:
    return CompensationAgreed(
        compensation_id=offer.id,
        complaint_id=complaint.id,
        complaint=complaint.number,
        deal_id=deal.deal_id,
        number=deal.number,
        customer_id=deal.customer_id,
        customer_name=deal.customer,
        currency=deal.currency,
        kind=kind_of(offer),
        amount=offer.amount,
        lines=_compensated(offer, deal),
        reason=offer.text,
        agreed_on=today(),
        agreed_by=current_person().name,
        approved_by=offer.approved_by or "",
    )


def _compensated(offer: Compensation, deal: Picture) -> tuple[CompensatedLine, ...]:
    known = {line.line_id: line for line in deal.lines}
    return tuple(
        CompensatedLine(
            line_id=one.line_id,
            sku=one.sku,
            name=one.name,
            unit=one.unit,
            quantity=one.quantity,
            worth=known[one.line_id].value(one.quantity),
        )
        for one in offer.lines
    )


def kind_of(offer: Compensation) -> CompensationKind:
    """Return its kind as events say it."""
    kinds: dict[str, CompensationKind] = {
        "credit": "credit", "refund": "refund", "exchange": "exchange", "repair": "repair",
        "return": "return",
    }  # fmt: skip
    return kinds.get(offer.kind, "none")
