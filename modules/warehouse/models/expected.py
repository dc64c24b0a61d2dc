"""Goods that are to come back, because a customer was promised an exchange or a return."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, Quantity
from core.db import Base

_VIEW = {"info": {"view": True}}


class ExpectedReturn(Base):
    """Goods that a customer was told to give back; written only by handlers."""

    __tablename__ = "warehouse_expected"
    __table_args__ = (Index("ix_warehouse_expected_open", "is_open", "promised_on"), _VIEW)

    #: The promise's id, as service told it.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: The complaint's number.
    complaint: Mapped[str] = mapped_column(String(40))
    deal_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(String(40))
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    #: exchange or return.
    kind: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text)
    promised_on: Mapped[date] = mapped_column(Date)
    is_open: Mapped[bool] = mapped_column(default=True)

    lines: Mapped[list["ExpectedLine"]] = relationship(
        order_by="ExpectedLine.position", lazy="selectin", cascade="all, delete-orphan"
    )


class ExpectedLine(Base):
    """What of one line is to come back, and what has."""

    __tablename__ = "warehouse_expected_line"
    __table_args__ = (_VIEW,)

    expected_id: Mapped[UUID] = mapped_column(ForeignKey("warehouse_expected.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID]
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
