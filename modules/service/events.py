"""What service tells the world."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from bus import Event, event
from core.deals.facts import ConcernRaised, ConcernSettled


@event("service.complaint_opened")
class ComplaintOpened(ConcernRaised):
    """A customer has complained about an order; everybody sees it on the deal."""


@event("service.complaint_closed")
class ComplaintClosed(ConcernSettled):
    """A complaint about an order was answered and closed."""

    answer: str


@event("service.customer_complained", aggregate="customer_id")
class CustomerComplained(Event):
    """A customer has complained, but not about an order."""

    complaint_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class WantedLine:
    """What a customer wants once more."""

    sku: str
    name: str
    quantity: Decimal


@event("service.repeat_requested", aggregate="customer_id")
class RepeatRequested(Event):
    """A customer was reminded that goods run out, and wants the same again."""

    task_id: UUID
    customer_id: UUID
    customer_name: str
    lines: tuple[WantedLine, ...]
    asked_by: UUID
    asked_by_name: str


@event("service.follow_up_done", aggregate="customer_id")
class FollowUpDone(Event):
    """Somebody called a customer after a delivery; the note says what came of it."""

    task_id: UUID
    customer_id: UUID
    deal_id: UUID | None
    number: str | None
    kind: str
    note: str
