"""Finance's records, which are appended and never changed, and its view of what is owed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Money, Quantity, UtcDateTime
from core.db import Base
from core.ids import new_id

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


class Invoice(Base):
    """A paper that asks for payment of goods; a negative one corrects another."""

    __tablename__ = "finance_invoice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order: Mapped[str] = mapped_column("order_number", String(40))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    customer_name: Mapped[str] = mapped_column(String(200))
    seller_name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Money)
    tax: Mapped[Decimal] = mapped_column(Money)
    issued_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    #: Number of the invoice that a negative one corrects.
    corrects: Mapped[str | None] = mapped_column(String(40))
    #: The event that led to it, so that it leads to one paper only; None when a person did it.
    cause_id: Mapped[UUID | None] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))

    lines: Mapped[list["InvoiceLine"]] = relationship(
        order_by="InvoiceLine.position", lazy="selectin"
    )


class InvoiceLine(Base):
    """Goods on an invoice; negative where it corrects."""

    __tablename__ = "finance_invoice_line"

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("finance_invoice.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    unit_price: Mapped[Decimal] = mapped_column(Money)
    amount: Mapped[Decimal] = mapped_column(Money)
    tax: Mapped[Decimal] = mapped_column(Money)


class CreditNote(Base):
    """What a customer owes less because goods came back; one for each return."""

    __tablename__ = "finance_credit_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order: Mapped[str] = mapped_column("order_number", String(40))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(Text)
    cause_id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))

    lines: Mapped[list["CreditNoteLine"]] = relationship(lazy="selectin")


class CreditNoteLine(Base):
    """Goods that came back."""

    __tablename__ = "finance_credit_note_line"

    credit_note_id: Mapped[UUID] = mapped_column(
        ForeignKey("finance_credit_note.id"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity)


class Setting(Base):
    """A rule that the head of finance has set; what is missing has its preset."""

    __tablename__ = "finance_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
