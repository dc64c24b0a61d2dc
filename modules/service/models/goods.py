"""Service's view of what customers have: by order line, lot and piece."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Quantity
from core.db import Base


class DeliveredGoods(Base):
    """Goods of one line and lot (or one piece) that a customer was handed; written by handlers."""

    __tablename__ = "service_delivered_goods"
    __table_args__ = (
        Index("ix_service_delivered_goods_lot", "lot"),
        Index("ix_service_delivered_goods_serial", "serial"),
        Index("ix_service_delivered_goods_line", "line_id"),
        {"info": {"view": True}},
    )

    deal_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    line_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    #: Empty where the goods have none.
    lot: Mapped[str] = mapped_column(String(60), primary_key=True)
    serial: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    customer_id: Mapped[UUID] = mapped_column(Uuid)
    delivered_on: Mapped[date] = mapped_column(Date)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
