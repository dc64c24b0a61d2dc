"""Hints for open screens: what to look at again, never what it says."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import UtcDateTime
from core.db import Base


class LiveHint(Base):
    """A screen that shows this topic (and this reference) is out of date."""

    __tablename__ = "core_live_hint"
    # Numbers are never used again after pruning: a reader goes on from the last it saw.
    __table_args__ = {"sqlite_autoincrement": True}

    # SQLite counts by itself only in an INTEGER key.
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    topic: Mapped[str] = mapped_column(String(60))
    ref: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
