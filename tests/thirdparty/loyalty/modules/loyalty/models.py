"""How many points each customer has: a view, counted from events and never by hand."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Balance(Base):
    """A customer's points."""

    __tablename__ = "loyalty_balance"
    __table_args__ = {"info": {"view": True}}

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    points: Mapped[int] = mapped_column(default=0)
