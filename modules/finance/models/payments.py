"""Money that came in, was given back, is kept for a customer, or was given up: appended."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Money, UtcDateTime
from core.db import Base
from core.ids import new_id


class Payment(Base):
    """Money that a customer gave us, or credit that she used: one receipt."""

    __tablename__ = "finance_payment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    customer_name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Money)
    method: Mapped[str] = mapped_column(Code)
    #: The part that belongs to no order yet and is the customer's credit.
    credit: Mapped[Decimal] = mapped_column(Money)
    taken_on: Mapped[date] = mapped_column(Date, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))

    allocations: Mapped[list["PaymentAllocation"]] = relationship(
        order_by="PaymentAllocation.position", lazy="selectin"
    )


class PaymentAllocation(Base):
    """The part of a payment that belongs to one order."""

    __tablename__ = "finance_payment_allocation"

    payment_id: Mapped[UUID] = mapped_column(ForeignKey("finance_payment.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order: Mapped[str] = mapped_column("order_number", String(40))
    amount: Mapped[Decimal] = mapped_column(Money)
    #: The step of the plan that it began to pay: earnest, prepayment, instalment, balance.
    kind: Mapped[str | None] = mapped_column(Code)
    #: What the order owed afterwards, as the receipt says.
    owed_after: Mapped[Decimal] = mapped_column(Money)


class Refund(Base):
    """Money given back: of an order (also when it became credit), or of the customer's credit."""

    __tablename__ = "finance_refund"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    #: None when it was the customer's credit.
    deal_id: Mapped[UUID | None] = mapped_column(index=True)
    order: Mapped[str | None] = mapped_column("order_number", String(40))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    customer_name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Money)
    method: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))


class CreditEntry(Base):
    """A movement of a customer's credit: money of hers that belongs to no order."""

    __tablename__ = "finance_credit_entry"
    __table_args__ = (Index("ix_finance_credit_entry_customer", "customer_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"))
    currency: Mapped[str] = mapped_column(String(3))
    #: Positive: kept for her; negative: used by her.
    amount: Mapped[Decimal] = mapped_column(Money)
    document: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))


class WriteOff(Base):
    """A claim that the company gave up, and why."""

    __tablename__ = "finance_write_off"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order: Mapped[str] = mapped_column("order_number", String(40))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))
