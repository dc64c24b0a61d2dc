"""A table that could be anybody's, tied to another department."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from modules.broken.services import break_it

assert break_it


class Plate(Base):
    """A plate."""

    __tablename__ = "plates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("sales_order.id"))
