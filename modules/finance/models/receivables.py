"""What is owed: a view, for lists and ageing."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Money
from core.db import Base

_VIEW = {"info": {"view": True}}
_ZERO = Decimal(0)
_OPEN = text("open > 0")
#: Where in the lists what has no day stands, and behind it what is settled.
NO_DAY: Final = date(9999, 12, 30)
SETTLED: Final = date(9999, 12, 31)


class Receivable(Base):
    """What a deal owes, for lists and ageing; the truth about a single deal stays core.deals."""

    __tablename__ = "finance_receivable"
    __table_args__ = (
        Index("ix_finance_receivable_falls_on", "falls_on", "deal_id"),
        Index("ix_finance_receivable_owed", "owed", "deal_id"),
        Index("ix_finance_receivable_customer", "customer_id", "falls_on"),
        _VIEW,
    )

    deal_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    seller_id: Mapped[UUID]
    seller_name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    sold_on: Mapped[date] = mapped_column(Date)
    sold: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    cancelled: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    credited: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    written_off: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    received: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    refunded: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    owed: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
    #: The first day on which something still open falls due.
    due_on: Mapped[date | None] = mapped_column(Date)
    #: The place in lists: `due_on`, then what has no day, then what is settled.
    falls_on: Mapped[date] = mapped_column(Date)

    dues: Mapped[list["ReceivableDue"]] = relationship(
        order_by="ReceivableDue.position", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def total(self) -> Decimal:
        """What the customer has to pay in all."""
        return self.sold - self.cancelled - self.credited - self.written_off

    @property
    def kept(self) -> Decimal:
        """Money received and not given back."""
        return self.received - self.refunded


class ReceivableDue(Base):
    """One step of the plan of payments, and what of it is open."""

    __tablename__ = "finance_receivable_due"
    __table_args__ = (
        # Only what is open ages, however much history there is.
        Index("ix_finance_receivable_due_on", "on_day", sqlite_where=_OPEN, postgresql_where=_OPEN),
        _VIEW,
    )

    deal_id: Mapped[UUID] = mapped_column(
        ForeignKey("finance_receivable.deal_id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    on_day: Mapped[date | None] = mapped_column(Date)
    #: What ages from that day on.
    open: Mapped[Decimal] = mapped_column(Money, default=_ZERO)
