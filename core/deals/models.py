"""The deal's summary rows, folded from its facts, and the entries that tell who did what."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, Money, Quantity, UtcDateTime
from core.db import Base

_VIEW = {"info": {"view": True}}


class Deal(Base):
    """One deal's figures; each a fold of its entries, kept for speed and compared by doctor."""

    __tablename__ = "core_deal"
    __table_args__ = (
        Index("ix_core_deal_sold_on", "sold_on", "id"),
        Index("ix_core_deal_customer", "customer_id", "sold_on"),
        Index("ix_core_deal_stage", "stage", "sold_on", "id"),
        _VIEW,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    seller_id: Mapped[UUID]
    seller_name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    sold_on: Mapped[date] = mapped_column(Date)
    promised_on: Mapped[date | None] = mapped_column(Date)
    historical: Mapped[bool] = mapped_column(default=False)
    ordered: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    cancelled: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    shipped: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    delivered: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    returned: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    invoiced: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    credited: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    received: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    refunded: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    written_off: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    owed: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    #: For lists and boards (core.deals.stage); decides nothing.
    stage: Mapped[str] = mapped_column(Code, default="to_ship")

    lines: Mapped[list["DealLine"]] = relationship(
        order_by="DealLine.position", lazy="selectin", cascade="all, delete-orphan"
    )
    dues: Mapped[list["DealDue"]] = relationship(
        order_by="DealDue.position", lazy="selectin", cascade="all, delete-orphan"
    )
    concerns: Mapped[list["DealConcern"]] = relationship(
        order_by="DealConcern.raised_at", lazy="selectin", cascade="all, delete-orphan"
    )


class DealLine(Base):
    """What was sold on one line, and its three independent counters of goods."""

    __tablename__ = "core_deal_line"
    __table_args__ = (Index("ix_core_deal_line_sku", "sku"), _VIEW)

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("core_deal.id"), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    unit_price: Mapped[Decimal] = mapped_column(Money)
    ordered: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    amount: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    tax: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    cancelled: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    cancelled_amount: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    shipped: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    delivered: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))


class DealDue(Base):
    """One step of the plan of payments."""

    __tablename__ = "core_deal_due"
    __table_args__ = (Index("ix_core_deal_due_on", "on_day"), _VIEW)

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("core_deal.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    on_day: Mapped[date | None] = mapped_column(Date)
    before_shipping: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(Code)


class DealConcern(Base):
    """A worry about the deal, open until it is settled."""

    __tablename__ = "core_deal_concern"
    __table_args__ = (_VIEW,)

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("core_deal.id"), primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text)
    holds: Mapped[str] = mapped_column(Code)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DealEntry(Base):
    """One fact of the deal as it was stated; appended, never changed."""

    __tablename__ = "core_deal_entry"
    __table_args__ = (
        Index("ix_core_deal_entry_deal", "deal_id", "pos"),
        Index("ix_core_deal_entry_fact", "fact", "happened_on", "deal_id"),
        _VIEW,
    )

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    deal_id: Mapped[UUID] = mapped_column(ForeignKey("core_deal.id"))
    #: The event's place in the log.
    pos: Mapped[int] = mapped_column(BigInteger)
    fact: Mapped[str] = mapped_column(Code)
    type: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str | None] = mapped_column(String(120))
    happened_on: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Decimal | None] = mapped_column(Money)
