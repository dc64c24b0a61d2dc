"""A message to everybody in a segment: who was in it, who gets it, and how far it has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id

COUNTING, READY, SENDING, STOPPED, DONE = "counting", "ready", "sending", "stopped", "done"
#: What the check has found for one who gets it, and what came of sending.
GETS, SENT_TO = "gets", "noted"


class Mailing(Base):
    """One template to everybody who was in a segment; its words stay as they were then."""

    __tablename__ = "core_mailing"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: What was asked for under one key is made once.
    key: Mapped[str] = mapped_column(String(120), unique=True)
    segment_id: Mapped[UUID] = mapped_column(Uuid)
    segment: Mapped[str] = mapped_column(String(120))
    template: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(Code)
    channel: Mapped[str] = mapped_column(Code)
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    #: counting, ready, sending, stopped or done.
    state: Mapped[str] = mapped_column(Code, default=COUNTING, index=True)
    people: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    made_by: Mapped[str] = mapped_column(String(120), default="")
    #: Who sends it: its messages are in this person's name.
    sent_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    sent_by: Mapped[str] = mapped_column(String(120), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def under_way(self) -> bool:
        """Whether something happens to it by itself."""
        return self.state in (COUNTING, SENDING)


class MailingRecipient(Base):
    """One customer of a mailing; who she is was settled when it was made."""

    __tablename__ = "core_mailing_recipient"
    __table_args__ = (
        Index("ix_core_mailing_recipient_checked", "mailing_id", "checked", "customer_id"),
        Index("ix_core_mailing_recipient_outcome", "mailing_id", "outcome", "customer_id"),
    )

    mailing_id: Mapped[UUID] = mapped_column(ForeignKey("core_mailing.id"), primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    #: gets, or the code of why not; empty until it was looked at.
    checked: Mapped[str] = mapped_column(Code, default="")
    #: noted, or the code of why not; empty until it was sent.
    outcome: Mapped[str] = mapped_column(Code, default="")
