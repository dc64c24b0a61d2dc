"""How content customers are: the links they were given, and what they answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


class FeedbackLink(Base):
    """A link by which one customer may say once how content she is; only its hash is kept."""

    __tablename__ = "service_feedback_link"
    __table_args__ = (Index("ix_service_feedback_link_customer", "customer_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"))
    #: complaint, follow_up or by_hand; and of which complaint or task.
    occasion: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    deal_id: Mapped[UUID | None] = mapped_column(Uuid)
    number: Mapped[str | None] = mapped_column(String(40))
    #: Who served her: praise is passed on to this person.
    served_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    served_by: Mapped[str] = mapped_column(String(120), default="")
    #: Ask also how likely she is to recommend us.
    asks_nps: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Feedback(Base):
    """What a customer answered; she may amend it for a day."""

    __tablename__ = "service_feedback"
    __table_args__ = (
        Index("ix_service_feedback_at", "at", "id"),
        Index("ix_service_feedback_customer", "customer_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("service_feedback_link.id"), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"))
    occasion: Mapped[str] = mapped_column(Code)
    number: Mapped[str | None] = mapped_column(String(40))
    served_by_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    served_by: Mapped[str] = mapped_column(String(120), default="")
    #: 1 to 5, as it stands now; what she said before is in the versions.
    score: Mapped[int]
    #: How likely she is to recommend us, 0 to 10.
    nps: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The complaint that a low score has opened.
    complaint_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_complaint.id"))

    versions: Mapped[list["FeedbackVersion"]] = relationship(
        order_by="FeedbackVersion.position", lazy="selectin"
    )


class FeedbackVersion(Base):
    """Each answer as it was sent; appended, never changed."""

    __tablename__ = "service_feedback_version"

    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("service_feedback.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    score: Mapped[int]
    nps: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
