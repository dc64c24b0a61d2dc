"""Which module is switched on, for every process on this database."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import UtcDateTime
from core.db import Base


class ModuleRow(Base):
    """A module that has been seen on this installation, and whether it is on."""

    __tablename__ = "core_module"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    on: Mapped[bool] = mapped_column("is_on")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str | None] = mapped_column(String(120))
