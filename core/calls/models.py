"""A call that came in, and everything that was done about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id

TAKEN, ASIDE, ENDED, MISSED = "taken", "aside", "ended", "missed"


class Call(Base):
    """One incoming call, as the telephone system told of it."""

    __tablename__ = "core_call"
    __table_args__ = (
        Index("ix_core_call_line", "line", "ended_at"),
        Index("ix_core_call_received", "received_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: The telephone system's own number of the call: told twice, it is one call.
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    #: The caller's number as it came, for showing.
    typed: Mapped[str] = mapped_column(String(60), default="")
    #: The caller's number as it is compared; empty when it was withheld.
    number: Mapped[str] = mapped_column(String(24), default="", index=True)
    #: The number or extension that was called, as it is compared.
    line: Mapped[str] = mapped_column(String(24), default="")
    customer_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    #: Whether her timeline tells of it already; it does once it is sure who called.
    told: Mapped[bool] = mapped_column(default=False, server_default=false())
    taken_by: Mapped[UUID | None] = mapped_column(Uuid)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    missed: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def withheld(self) -> bool:
        """Whether the caller does not show her number."""
        return not self.number


class CallAct(Base):
    """One thing done about a call; appended, never changed."""

    __tablename__ = "core_call_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("core_call.id"), index=True)
    #: taken, aside, ended or missed.
    act: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    person_id: Mapped[UUID | None] = mapped_column(Uuid)
    by: Mapped[str | None] = mapped_column(String(120))
