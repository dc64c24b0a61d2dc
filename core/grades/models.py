"""The rules as the owner has set them, what was fixed by hand, and every change."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


class GradeRule(Base):
    """The rules as they were saved once; appended, the newest counts."""

    __tablename__ = "core_grade_rule"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: "amount", "quantile" or "points".
    kind: Mapped[str] = mapped_column(Code)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    saved_by: Mapped[str | None] = mapped_column(String(120))


class GradeLock(Base):
    """A grade that a person has fixed, whatever the rules say, perhaps until a day."""

    __tablename__ = "core_grade_lock"

    customer_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    grade: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None] = mapped_column(Date)
    locked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    locked_by: Mapped[str | None] = mapped_column(String(120))


class GradeChange(Base):
    """One change of a grade or a stage; appended, never changed."""

    __tablename__ = "core_grade_change"
    __table_args__ = (Index("ix_core_grade_change_customer", "customer_id", "at"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(Uuid)
    #: "grade" or "stage".
    what: Mapped[str] = mapped_column(Code)
    before: Mapped[str] = mapped_column(Code)
    after: Mapped[str] = mapped_column(Code)
    #: rule, hand, locked or unlocked.
    why: Mapped[str] = mapped_column(Code)
    note: Mapped[str] = mapped_column(Text, default="")
    rule_id: Mapped[UUID | None] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(120))
