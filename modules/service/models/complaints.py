"""Complaints as records, and everything that was done with them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id

HEAR, CAUSE, PROPOSE, APPROVE = "hear", "cause", "propose", "approve"
AGREE, CARRY_OUT, REVIEW, CLOSED = "agree", "carry_out", "review", "closed"
#: The six steps. A proposal above somebody's limit waits in `approve` before it is told.
STEPS: Final = (HEAR, CAUSE, PROPOSE, AGREE, CARRY_OUT, REVIEW)
STATES: Final = (HEAR, CAUSE, PROPOSE, APPROVE, AGREE, CARRY_OUT, REVIEW, CLOSED)
#: Where each act leads; every other act leaves the complaint where it is.
_LEADS_TO: Final = {
    "recorded": HEAR,
    "heard": CAUSE,
    "cause_found": PROPOSE,
    "proposed": AGREE,
    "asked_approval": APPROVE,
    "approved": AGREE,
    "declined": PROPOSE,
    "agreed": CARRY_OUT,
    "refused": PROPOSE,
    "carried_out": REVIEW,
    "closed": CLOSED,
    "reopened": CAUSE,
    # Before there were steps a customer was told something, and then it was closed.
    "answered": REVIEW,
}
_TOLD: Final = ("agreed", "refused", "answered")
_HANDLED: Final = ("proposed", "asked_approval", "agreed", "carried_out", "answered")


class Complaint(Base):
    """A complaint in the customer's own words."""

    __tablename__ = "service_complaint"
    __table_args__ = (
        Index("ix_service_complaint_state", "state", "opened_at", "id"),
        Index("ix_service_complaint_opened", "opened_at", "id"),
        Index("ix_service_complaint_due", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    #: As it was when she complained.
    customer_name: Mapped[str] = mapped_column(String(200))
    #: A, B or C, as she was graded then; empty when nobody graded her.
    grade: Mapped[str] = mapped_column(Code, default="")
    deal_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    #: The order's number.
    order: Mapped[str | None] = mapped_column("order_number", String(40))
    text: Mapped[str] = mapped_column(Text)
    holds: Mapped[str] = mapped_column(Code)
    #: Somebody may be hurt: electricity, water, fire, an injury.
    safety: Mapped[bool] = mapped_column(default=False)
    #: goods, contract, transport or service; empty until she was heard.
    kind: Mapped[str] = mapped_column(Code, default="")
    #: ours, customer or goods; empty until it was found.
    cause: Mapped[str] = mapped_column(Code, default="")
    #: The department in which it arose: a module's name.
    department: Mapped[str] = mapped_column(Code, default="")
    line_id: Mapped[UUID | None] = mapped_column(Uuid)
    sku: Mapped[str] = mapped_column(String(60), default="", index=True)
    product: Mapped[str] = mapped_column(String(200), default="")
    lot: Mapped[str] = mapped_column(String(60), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    #: The step it is in, as its acts say; kept for lists.
    state: Mapped[str] = mapped_column(Code, default=HEAR)
    #: How often it was opened: 1, and once more for each time she came back with it.
    round: Mapped[int] = mapped_column(default=1)
    #: When this step is due; empty while we wait for her, and once it is closed.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: From when the time of the steps counts: recorded, reopened, or (review) carried out.
    clock_from: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: For how many minutes of the clock we have waited for her since `clock_from`.
    waited: Mapped[int] = mapped_column(default=0)
    #: When half of the step's time, and four fifths of it, will be gone; empty once it was said,
    #: while we wait for her, and for a step that was late as it began.
    half_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    nearly_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    #: How many of these two warnings were given in this step.
    warned: Mapped[int] = mapped_column(default=0, server_default="0")
    #: When this step was escalated because it was late.
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who answers for it until somebody takes it over: first whoever recorded it. None: nobody
    #: recorded it (a low score did), and its tasks are the department's.
    answerable_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    answerable: Mapped[str | None] = mapped_column(String(120))
    offered_id: Mapped[UUID | None] = mapped_column(Uuid)
    offered: Mapped[str | None] = mapped_column(String(120))
    #: Whom of the department we asked about it.
    responsible: Mapped[str | None] = mapped_column(String(120))
    #: content, partly or not_content, and in her words.
    verdict: Mapped[str] = mapped_column(Code, default="")
    verdict_words: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str | None] = mapped_column(String(120))

    acts: Mapped[list["ComplaintAct"]] = relationship(
        order_by="ComplaintAct.position", lazy="selectin"
    )

    @property
    def answer(self) -> str:
        """The last answer that the customer was given."""
        return next((act.text for act in reversed(self.acts) if act.act in _TOLD), "")

    @property
    def step(self) -> str:
        """The step it is in: what waits for approval is still being proposed."""
        return PROPOSE if self.state == APPROVE else self.state

    @property
    def is_open(self) -> bool:
        """Whether the customer still waits for something."""
        return self.state != CLOSED

    @property
    def handled_by(self) -> set[UUID]:
        """Who handled it since it was last opened; none of them makes the review call."""
        found: set[UUID] = set()
        for act in self.acts:
            if act.act == "reopened":
                found.clear()
            if act.act in _HANDLED and act.by_id is not None:
                found.add(act.by_id)
        return found


class ComplaintAct(Base):
    """One thing done with a complaint; appended, never changed."""

    __tablename__ = "service_complaint_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("service_complaint.id"), index=True)
    #: Its place among the acts of the complaint, from 1.
    position: Mapped[int] = mapped_column(default=1)
    act: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str | None] = mapped_column(String(120))
    #: None: it came about by itself.
    by_id: Mapped[UUID | None] = mapped_column(Uuid)
    #: What else belongs to it: codes and names, JSON types only.
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def state_after(acts: list[ComplaintAct]) -> str:
    """Return where its acts have led a complaint."""
    return next((_LEADS_TO[act.act] for act in reversed(acts) if act.act in _LEADS_TO), HEAR)


def is_step(act: str) -> bool:
    """Whether an act leads a complaint to another step."""
    return act in _LEADS_TO
