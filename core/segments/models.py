"""A segment as somebody has saved it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


class Segment(Base):
    """A saved filter over customers; who is in it is found whenever it is asked for."""

    __tablename__ = "core_segment"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    #: "all" or "any" of the conditions must be true.
    match: Mapped[str] = mapped_column(Code)
    #: [{"field": …, "op": …, "value": text}]
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    saved_by: Mapped[str | None] = mapped_column(String(120))
