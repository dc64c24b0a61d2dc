"""Invoices and credit notes: appended, never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Money, Quantity, UtcDateTime
from core.db import Base
from core.ids import new_id


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
