"""A promise as the owner has set it, and everything that was decided about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


class Promise(Base):
    """A rule that asks for tasks by itself."""

    __tablename__ = "core_promise"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(120))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(default=False)
    #: From this day on it is kept, what fell due before asks for nothing; None: it always was.
    since: Mapped[date | None] = mapped_column(Date)
    #: The last day for which everything was asked.
    kept_to: Mapped[date | None] = mapped_column(Date)
    #: The preset that it came from, so that it comes once.
    preset: Mapped[str | None] = mapped_column(String(120), unique=True)
    version: Mapped[int] = mapped_column(default=1)


class PromiseAct(Base):
    """One decision about a promise; appended, never changed."""

    __tablename__ = "core_promise_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    promise_id: Mapped[UUID] = mapped_column(ForeignKey("core_promise.id"), index=True)
    #: made, changed, on or off.
    act: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(120))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
