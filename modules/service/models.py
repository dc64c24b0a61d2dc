"""Complaints as records, and everything that was done with them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"


class Complaint(Base):
    """A complaint in the customer's own words."""

    __tablename__ = "service_complaint"
    __table_args__ = (Index("ix_service_complaint_state", "state", "opened_at", "id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    #: As it was when she complained.
    customer_name: Mapped[str] = mapped_column(String(200))
    deal_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    #: The order's number.
    order: Mapped[str | None] = mapped_column("order_number", String(40))
    text: Mapped[str] = mapped_column(Text)
    holds: Mapped[str] = mapped_column(Code)
    state: Mapped[str] = mapped_column(Code, default=OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str | None] = mapped_column(String(120))

    acts: Mapped[list["ComplaintAct"]] = relationship(
        order_by="ComplaintAct.at, ComplaintAct.id", lazy="selectin"
    )

    @property
    def answer(self) -> str:
        """The last answer that the customer was given."""
        return next((act.text for act in reversed(self.acts) if act.act == ANSWERED), "")


class ComplaintAct(Base):
    """One thing done with a complaint; appended, never changed."""

    __tablename__ = "service_complaint_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("service_complaint.id"), index=True)
    #: open, answered or closed.
    act: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str | None] = mapped_column(String(120))
