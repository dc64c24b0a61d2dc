"""What the nightly comparison of views with the log has found."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Quantity, UtcDateTime
from core.db import Base


class ViewCheck(Base):
    """The last comparison of one module's views with what the log makes of them."""

    __tablename__ = "core_view_check"

    module: Mapped[str] = mapped_column(String(60), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[Decimal] = mapped_column(Quantity)
    #: Rows in all views of the module.
    rows: Mapped[int]
    #: The first record that differs; empty when all agree.
    difference: Mapped[str] = mapped_column(Text)

    @property
    def is_sound(self) -> bool:
        """Whether every view is what the log says."""
        return not self.difference
