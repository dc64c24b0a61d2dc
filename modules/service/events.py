"""What service tells the world."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from bus import Event, event
from core.deals.facts import ConcernRaised, ConcernSettled

CompensationKind = Literal["none", "credit", "refund", "exchange", "repair", "return"]


@event("service.complaint_opened")
class ComplaintOpened(ConcernRaised):
    """A customer has complained about an order; everybody sees it on the deal."""

    #: Somebody may be hurt.
    safety: bool = False
    #: The customer's grade.
    grade: str = ""


@event("service.complaint_restated")
class ComplaintRestated(ConcernRaised):
    """A complaint about an order holds something else now, or she came back with it."""

    why: Literal["reopened", "agreed"]


@event("service.complaint_closed")
class ComplaintClosed(ConcernSettled):
    """A complaint about an order was answered and closed."""

    answer: str
    #: content, partly or not_content, and in her words.
    verdict: str = ""
    words: str = ""
    #: goods, contract, transport or service; ours, customer or goods; a module's name.
    complaint_kind: str = ""
    cause: str = ""
    department: str = ""
    compensation: str = ""


@event("service.customer_complained", aggregate="customer_id")
class CustomerComplained(Event):
    """A customer has complained, but not about an order."""

    complaint_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    text: str
    safety: bool = False
    grade: str = ""


@event("service.customer_answered", aggregate="customer_id")
class CustomerAnswered(Event):
    """A complaint that was not about an order was answered and closed."""

    complaint_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    answer: str
    verdict: str
    words: str
    complaint_kind: str
    cause: str
    department: str


@event("service.complaint_advanced", aggregate="customer_id")
class ComplaintAdvanced(Event):
    """Something was done with a complaint, in one of its six steps or beside them."""

    complaint_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    #: The order's number.
    order: str | None
    act: str
    #: Where that has led the complaint.
    step: str
    note: str
    #: Who answers for it now.
    answerable: str


@dataclass(frozen=True, kw_only=True)
class CompensatedLine:
    """Goods that are exchanged, repaired or given back, and their worth at the order's price."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    quantity: Decimal
    worth: Decimal


@event("service.compensation_agreed", aggregate="deal_id")
class CompensationAgreed(Event):
    """A customer who complained was promised something, and the company has agreed to it."""

    compensation_id: UUID
    complaint_id: UUID
    complaint: str
    deal_id: UUID
    #: The order's number.
    number: str
    customer_id: UUID
    customer_name: str
    currency: str
    kind: CompensationKind
    #: Of money: how much. Of goods: their worth.
    amount: Decimal
    lines: tuple[CompensatedLine, ...]
    reason: str
    agreed_on: date
    agreed_by: str
    #: Who approved it, where it was above the limit of whoever proposed it.
    approved_by: str = ""


@event("service.compensation_carried_out", aggregate="deal_id")
class CompensationCarriedOut(Event):
    """Every department has done its part of what a customer was promised."""

    compensation_id: UUID
    complaint_id: UUID
    complaint: str
    deal_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    kind: CompensationKind


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
    #: What came of it: reached, not_reached, wants_visit or refused; empty when nobody said.
    outcome: str = ""
    done_by_id: UUID | None = None
    done_by: str = ""


@event("service.warranty_registered", aggregate="customer_id")
class WarrantyRegistered(Event):
    """Somebody has told us that she has the goods: from now on we know whom to serve."""

    warranty_id: UUID
    customer_id: UUID
    customer_name: str
    deal_id: UUID
    #: The order's number.
    number: str
    sku: str
    product: str
    serial: str
    starts_on: date
    ends_on: date
    registered_by: Literal["customer", "staff"]
    #: She agreed to be called.
    may_call: bool


@event("service.feedback_given", aggregate="customer_id")
class FeedbackGiven(Event):
    """A customer has said how content she is, from 1 to 5, or has amended what she said."""

    feedback_id: UUID
    customer_id: UUID
    customer_name: str
    score: int
    text: str
    #: How likely she is to recommend us, 0 to 10.
    nps: int | None
    #: complaint, follow_up or by_hand.
    occasion: str
    #: The order's number.
    number: str | None
    served_by_id: UUID | None
    served_by: str
    amended: bool = False
