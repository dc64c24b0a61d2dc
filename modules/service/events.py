"""What service tells the world."""

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


@event("service.follow_up_done", aggregate="customer_id")
class FollowUpDone(Event):
    """Somebody called a customer after a delivery; the note says what came of it."""

    task_id: UUID
    customer_id: UUID
    deal_id: UUID | None
    number: str | None
    kind: str
    note: str
