"""A task as it stands, and everything that was done with it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, Money, UtcDateTime
from core.db import Base
from core.ids import new_id

OPEN, DONE, WITHDRAWN = "open", "done", "withdrawn"
#: It is done together with another one (core.tasks.gathering).
GATHERED = "gathered"


class Task(Base):
    """Something that somebody is asked to do on a day."""

    __tablename__ = "core_task"
    __table_args__ = (
        Index("ix_core_task_inbox", "state", "due_on", "id"),
        Index("ix_core_task_rank", "state", "rank_on", "id"),
        Index("ix_core_task_closed", "state", "closed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: Declared by a module; says who may see it: core.tasks.kinds.
    kind: Mapped[str] = mapped_column(String(60))
    #: What was asked once is not asked again, whoever asks.
    unique_key: Mapped[str] = mapped_column(String(200), unique=True)
    #: English, as in the catalogues: each reader sees it in his language.
    title: Mapped[str] = mapped_column(String(200))
    say: Mapped[str] = mapped_column(Text, default="")
    #: Why it is on the list; a msgid as well.
    reason: Mapped[str] = mapped_column(Text, default="")
    #: What the placeholders of title, text and reason stand for.
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    customer_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    deal_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    #: The order's number, for showing.
    number: Mapped[str | None] = mapped_column(String(40))
    due_on: Mapped[date] = mapped_column(Date)
    #: The money it is about; the more, the sooner it is done.
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    #: How important it is, in days; and its place in the inbox: core.tasks.rank.
    weight: Mapped[int] = mapped_column(default=0)
    rank_on: Mapped[date] = mapped_column(Date)
    #: The day on which it was passed up to the kind's head, because nobody had done it.
    escalated_on: Mapped[date | None] = mapped_column(Date, index=True)
    #: Whose it is: a person's own, or anybody's in a department until somebody takes it.
    owner_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    pool: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(Code, default=OPEN)
    #: The task in which it waits, to be done by one call.
    gathered_in: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    #: One of those that its kind declares, or nothing.
    outcome: Mapped[str] = mapped_column(Code, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by: Mapped[str | None] = mapped_column(String(120))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(120))


class TaskAct(Base):
    """One thing done with a task; appended, never changed."""

    __tablename__ = "core_task_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("core_task.id"), index=True)
    #: taken, handed_over, released, postponed, escalated, gathered, opened, done or withdrawn.
    act: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(Code, default="")
    #: The new day of a task postponed, and the day before.
    due_on: Mapped[date | None] = mapped_column(Date)
    due_before: Mapped[date | None] = mapped_column(Date)
    #: The new owner's name.
    owner: Mapped[str | None] = mapped_column(String(120))
