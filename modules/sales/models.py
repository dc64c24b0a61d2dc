"""The orders as sales wrote them; what became of them is told by their deals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Money, Quantity, Rate, UtcDateTime
from core.db import Base
from core.ids import new_id
from modules.sales.drafts import DepositRule


class Order(Base):
    """A quotation, and the order that it becomes. Its id is also the deal's."""

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("ix_sales_order_dated", "dated_on", "id"),
        Index("ix_sales_order_state", "state", "dated_on", "id"),
        Index("ix_sales_order_customer", "customer_id", "dated_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    seller_id: Mapped[UUID]
    seller_name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    #: quotation, confirmed or cancelled: what sales decides. Goods and money have no state here.
    state: Mapped[str] = mapped_column(Code, default="quotation")
    #: The day of the quotation; once it is confirmed, the day of the sale.
    dated_on: Mapped[date] = mapped_column(Date)
    promised_on: Mapped[date | None] = mapped_column(Date)
    deposit_kind: Mapped[str | None] = mapped_column(Code)
    deposit_amount: Mapped[Decimal | None] = mapped_column(Money)
    deposit_percent: Mapped[Decimal | None] = mapped_column(Rate)
    deposit_before_shipping: Mapped[bool] = mapped_column(default=False)
    #: The sum of the lines as they stand now, tax included.
    total: Mapped[Decimal] = mapped_column(Money)
    note: Mapped[str] = mapped_column(Text, default="")
    #: Taken over from elsewhere as settled history.
    imported: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["OrderLine"]] = relationship(
        order_by="OrderLine.position", cascade="all, delete-orphan", lazy="selectin"
    )
    entries: Mapped[list["OrderEntry"]] = relationship(
        order_by="OrderEntry.at, OrderEntry.id", cascade="all, delete-orphan"
    )

    @property
    def deposit(self) -> DepositRule | None:
        """What is to be paid first."""
        if self.deposit_kind is None:
            return None
        return DepositRule(
            kind="earnest" if self.deposit_kind == "earnest" else "prepayment",
            amount=self.deposit_amount,
            percent=self.deposit_percent,
            before_shipping=self.deposit_before_shipping,
        )

    @deposit.setter
    def deposit(self, rule: DepositRule | None) -> None:
        self.deposit_kind = rule.kind if rule else None
        self.deposit_amount = rule.amount if rule else None
        self.deposit_percent = rule.percent if rule else None
        self.deposit_before_shipping = rule.before_shipping if rule else False


class OrderLine(Base):
    """What the customer wants of one product, and at what price."""

    __tablename__ = "sales_order_line"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("sales_order.id"), index=True)
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    #: As it stands now: what was called off is no longer in it.
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    unit_price: Mapped[Decimal] = mapped_column(Money)
    discount_percent: Mapped[Decimal] = mapped_column(Rate, default=Decimal(0))
    tax_rate: Mapped[Decimal] = mapped_column(Rate)
    #: Tax included; `tax` is the part of it that is tax.
    amount: Mapped[Decimal] = mapped_column(Money)
    tax: Mapped[Decimal] = mapped_column(Money)


class OrderEntry(Base):
    """Who did what to an order and when; appended, never changed."""

    __tablename__ = "sales_order_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("sales_order.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str] = mapped_column(String(120))
    #: quoted, changed, confirmed, reduced or cancelled.
    act: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text, default="")
    #: [field, before, after] of whatever was changed.
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
