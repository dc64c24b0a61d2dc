"""What everybody is told of a complaint, made from how it stands."""

from typing import Any, Final, Literal

from core.clock import today
from core.deals.facts import Holds
from core.deals.picture import Picture
from modules.service.events import (
    ComplaintClosed,
    ComplaintOpened,
    ComplaintRestated,
    CustomerAnswered,
)
from modules.service.models import Complaint

#: What a complaint that is restated says as it said when it was opened.
_AS_OPENED: Final = (
    *("deal_id", "number", "customer_id", "customer_name", "currency", "happened_on"),
    *("document", "concern_id", "kind", "text", "holds"),
)


def opened(complaint: Complaint, deal: Picture) -> ComplaintOpened:
    """Return what everybody is told of a complaint about an order."""
    return ComplaintOpened(
        deal_id=deal.deal_id,
        number=deal.number,
        customer_id=deal.customer_id,
        customer_name=deal.customer,
        currency=deal.currency,
        happened_on=today(),
        document=complaint.number,
        concern_id=complaint.id,
        kind="complaint",
        text=complaint.text,
        holds=holds_of(complaint),
        safety=complaint.safety,
        grade=complaint.grade,
    )


def holds_of(complaint: Complaint) -> Holds:
    """Return what a complaint holds, as facts say it."""
    if complaint.holds == "shipping":
        return "shipping"
    return "collection" if complaint.holds == "collection" else "none"


def restated(
    complaint: Complaint, deal: Picture, why: Literal["reopened", "agreed"]
) -> ComplaintRestated:
    """Return what everybody is told when it holds something else now, or she came back with it."""
    said = opened(complaint, deal)
    return ComplaintRestated(**{name: getattr(said, name) for name in _AS_OPENED}, why=why)


def closed(complaint: Complaint, deal: Picture, compensation: str) -> ComplaintClosed:
    """Return what everybody is told when a complaint about an order is closed."""
    return ComplaintClosed(
        deal_id=deal.deal_id,
        number=deal.number,
        customer_id=deal.customer_id,
        customer_name=deal.customer,
        currency=deal.currency,
        happened_on=today(),
        document=complaint.number,
        concern_id=complaint.id,
        compensation=compensation,
        **_outcome(complaint),
    )


def answered(complaint: Complaint) -> CustomerAnswered:
    """Return what everybody is told when one that is not about an order is closed."""
    return CustomerAnswered(
        complaint_id=complaint.id,
        number=complaint.number,
        customer_id=complaint.customer_id,
        customer_name=complaint.customer_name,
        **_outcome(complaint),
    )


def _outcome(complaint: Complaint) -> dict[str, Any]:
    return {
        "answer": complaint.answer,
        "verdict": complaint.verdict,
        "words": complaint.verdict_words,
        "complaint_kind": complaint.kind,
        "cause": complaint.cause,
        "department": complaint.department,
    }
