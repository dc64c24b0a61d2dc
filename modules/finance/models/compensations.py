"""What service has promised to customers, as far as it is finance's to keep."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, Money, Quantity, UtcDateTime
from core.db import Base

TO_BOOK, COMING_BACK, TO_GIVE_BACK, KEPT = "to_book", "coming_back", "to_give_back", "kept"
#: States in which something is still to be done.
OPEN: Final = (TO_BOOK, COMING_BACK, TO_GIVE_BACK)


class PromisedCompensation(Base):
    """An amount that a customer was promised because she complained, or goods to come back."""

    __tablename__ = "finance_compensation"
    __table_args__ = (Index("ix_finance_compensation_state", "state", "promised_at"),)

    #: The promise's id, as service told it.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: The complaint's number.
    complaint: Mapped[str] = mapped_column(String(40))
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order: Mapped[str] = mapped_column("order_number", String(40))
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    #: credit, refund, exchange or return.
    kind: Mapped[str] = mapped_column(Code)
    amount: Mapped[Decimal] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(Text)
    promised_by: Mapped[str] = mapped_column(String(120))
    promised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: to_book, coming_back (its goods are), to_give_back or kept.
    state: Mapped[str] = mapped_column(Code)
    credit_note: Mapped[str] = mapped_column(String(40), default="")
    to_give_back: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    given_back: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))

    lines: Mapped[list["CompensatedGoods"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def left(self) -> Decimal:
        """How much is still to be given back."""
        return self.to_give_back - self.given_back


class CompensatedGoods(Base):
    """Goods that come back for it."""

    __tablename__ = "finance_compensation_line"

    compensation_id: Mapped[UUID] = mapped_column(
        ForeignKey("finance_compensation.id"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
