"""Tables of the warehouse: stock and its journal, shipments, and the acts behind them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, Quantity, UtcDateTime
from core.db import Base

OPEN, SHIPPED, DELIVERED, RETURNED = "open", "shipped", "delivered", "returned"
IN_STOCK, WITH_CUSTOMER, SCRAPPED = "in_stock", "with_customer", "scrapped"
#: A shipment without a promised day is sorted after all others.
SOME_DAY = date(9999, 12, 31)

_VIEW = {"info": {"view": True}}


class Shipment(Base):
    """Goods of one deal that leave together; written only by handlers.

    A deal has at most one open shipment: what is still to leave.
    """

    __tablename__ = "warehouse_shipment"
    __table_args__ = (
        UniqueConstraint("deal_id", "position"),
        Index("ix_warehouse_shipment_state", "state", "ship_by", "number", "position"),
        Index("ix_warehouse_shipment_moved", "state", "moved_at", "id"),
        _VIEW,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    deal_id: Mapped[UUID]
    #: The order's number.
    number: Mapped[str] = mapped_column(String(40), index=True)
    #: Its place among the shipments of the deal, from 1.
    position: Mapped[int]
    customer_id: Mapped[UUID]
    customer_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(Code)
    promised_on: Mapped[date | None] = mapped_column(Date)
    #: The promised day, or a day after all others.
    ship_by: Mapped[date] = mapped_column(Date)
    #: Number of the delivery note.
    document: Mapped[str] = mapped_column(String(60), default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When it came into its present state.
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shipped_by: Mapped[str | None] = mapped_column(String(200))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_by: Mapped[str | None] = mapped_column(String(200))

    lines: Mapped[list["ShipmentLine"]] = relationship(
        order_by="ShipmentLine.position", lazy="selectin", cascade="all, delete-orphan"
    )


class ShipmentLine(Base):
    """What is in a shipment; written only by handlers."""

    __tablename__ = "warehouse_shipment_line"
    __table_args__ = (Index("ix_warehouse_shipment_line_sku", "sku"), _VIEW)

    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("warehouse_shipment.id"), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    #: How much of it came back.
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))


class Stock(Base):
    """How much of a product lies at a place, lot by lot: the sum of its moves, kept with them."""

    __tablename__ = "warehouse_stock"
    __table_args__ = (CheckConstraint("quantity >= 0", name="not_below_zero"),)

    sku: Mapped[str] = mapped_column(String(60), primary_key=True)
    location: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: Empty for goods that are not kept by lot.
    lot: Mapped[str] = mapped_column(String(60), primary_key=True)
    expires_on: Mapped[date | None] = mapped_column(Date)
    #: When the first of it arrived: of two lots that expire together the older leaves first.
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))


class Move(Base):
    """One entry of the stock journal; appended, never changed."""

    __tablename__ = "warehouse_move"
    __table_args__ = (
        Index("ix_warehouse_move_sku", "sku", "id"),
        Index("ix_warehouse_move_serial", "serial"),
        Index("ix_warehouse_move_document", "document"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(String(200))
    sku: Mapped[str] = mapped_column(String(60))
    location: Mapped[str] = mapped_column(String(60))
    lot: Mapped[str] = mapped_column(String(60))
    expires_on: Mapped[date | None] = mapped_column(Date)
    #: The piece that moved, for products with serial numbers: one entry for each piece.
    serial: Mapped[str] = mapped_column(String(80), default="")
    #: Above zero into stock, below zero out of it.
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    #: received, shipped, returned or scrapped.
    reason: Mapped[str] = mapped_column(Code)
    document: Mapped[str] = mapped_column(String(60))
    order_number: Mapped[str] = mapped_column(String(40), default="")


class Serial(Base):
    """One piece, known by its number for ever: in stock once, then with one customer."""

    __tablename__ = "warehouse_serial"

    #: Derived from product and number, for links.
    id: Mapped[UUID] = mapped_column(unique=True)
    sku: Mapped[str] = mapped_column(String(60), primary_key=True)
    serial: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(Code)
    location: Mapped[str] = mapped_column(String(60))
    lot: Mapped[str] = mapped_column(String(60))
    #: The shipment that took it, and the line it was sold on.
    shipment_id: Mapped[UUID | None] = mapped_column(index=True)
    deal_id: Mapped[UUID | None]
    line_id: Mapped[UUID | None]
    order_number: Mapped[str] = mapped_column(String(40), default="")


class Receipt(Base):
    """Goods that arrived together; its lines are the moves with its number."""

    __tablename__ = "warehouse_receipt"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(String(200))


class Dispatch(Base):
    """Somebody sent a shipment off; there is one for each shipment at most."""

    __tablename__ = "warehouse_dispatch"

    shipment_id: Mapped[UUID] = mapped_column(primary_key=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order_number: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(String(60), unique=True)
    carrier: Mapped[str] = mapped_column(String(120), default="")
    tracking: Mapped[str] = mapped_column(String(120), default="")
    #: Why it left although something held it, and what held it.
    override_reason: Mapped[str | None] = mapped_column(Text)
    held_by: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(String(200))

    lines: Mapped[list["DispatchLine"]] = relationship(
        order_by="DispatchLine.position", lazy="selectin", cascade="all, delete-orphan"
    )


class DispatchLine(Base):
    """What was taken from one place and lot for one line of the order."""

    __tablename__ = "warehouse_dispatch_line"

    shipment_id: Mapped[UUID] = mapped_column(
        ForeignKey("warehouse_dispatch.shipment_id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(String(60))
    location: Mapped[str] = mapped_column(String(60))
    lot: Mapped[str] = mapped_column(String(60))
    expires_on: Mapped[date | None] = mapped_column(Date)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    serials: Mapped[list[str]] = mapped_column(JSON, default=list)


class Handover(Base):
    """Somebody confirmed that a shipment is in the customer's hands."""

    __tablename__ = "warehouse_delivery"

    shipment_id: Mapped[UUID] = mapped_column(primary_key=True)
    deal_id: Mapped[UUID]
    #: Who signed for it, as far as it was noted.
    received_by: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(String(200))


class GoodsReturn(Base):
    """Goods that a customer gave back."""

    __tablename__ = "warehouse_return"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    deal_id: Mapped[UUID] = mapped_column(index=True)
    order_number: Mapped[str] = mapped_column(String(40))
    shipment_id: Mapped[UUID | None]
    restock: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(String(200))

    lines: Mapped[list["ReturnLine"]] = relationship(
        order_by="ReturnLine.position", lazy="selectin", cascade="all, delete-orphan"
    )


class ReturnLine(Base):
    """What came back of one line of the order and one lot."""

    __tablename__ = "warehouse_return_line"

    return_id: Mapped[UUID] = mapped_column(ForeignKey("warehouse_return.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(String(60))
    location: Mapped[str] = mapped_column(String(60))
    lot: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    serials: Mapped[list[str]] = mapped_column(JSON, default=list)
