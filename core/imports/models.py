"""Which files were imported, and how far each has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


class ImportRow(Base):
    """One file: what was found in it, and how many of its rows are taken in."""

    __tablename__ = "core_import"
    __table_args__ = (Index("ix_core_import_file", "kind", "digest", unique=True),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(40))
    #: SHA-256 of the file's bytes: the same file is known again, whatever it is called.
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    #: In which language its messages are written.
    language: Mapped[str] = mapped_column(String(20))
    #: waiting, checking, ready, refused, running, done or failed.
    state: Mapped[str] = mapped_column(Code, default="waiting")
    #: Why the file as a whole cannot be used, or why the run stopped.
    reason: Mapped[str] = mapped_column(String(500), default="")
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_bad: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_new: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("core_person.id"))
    by_name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The last chunk; a run that has been silent for long has lost its process.
    alive_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def under_way(self) -> bool:
        """Whether something happens to it by itself."""
        return self.state in ("waiting", "checking", "running")
