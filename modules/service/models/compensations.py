"""What a customer is offered for her trouble, and how far the departments have brought it."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.columns import Code, Money, Quantity, UtcDateTime
from core.db import Base
from core.ids import new_id

NONE, CREDIT, REFUND = "none", "credit", "refund"
EXCHANGE, REPAIR, RETURN = "exchange", "repair", "return"
KINDS: Final = (NONE, CREDIT, REFUND, EXCHANGE, REPAIR, RETURN)
#: Kinds that are about an amount, and kinds that are about goods.
OF_MONEY: Final = (CREDIT, REFUND)
OF_GOODS: Final = (EXCHANGE, REPAIR, RETURN)
#: What has to be done for each kind: the part, and the module that does it.
PARTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    NONE: (),
    CREDIT: (("credit_note", "finance"),),
    REFUND: (("credit_note", "finance"),),
    EXCHANGE: (("goods_back", "warehouse"), ("replacement", "sales"), ("delivery", "warehouse")),
    REPAIR: (("repair", "service"),),
    RETURN: (("goods_back", "warehouse"), ("credit_note", "finance")),
}


class Compensation(Base):
    """A proposal to a customer who complained."""

    __tablename__ = "service_compensation"
    __table_args__ = (Index("ix_service_compensation_deal", "deal_id", "state"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("service_complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(Code)
    deal_id: Mapped[UUID | None] = mapped_column(Uuid)
    #: Of money: how much. Of goods that come back: their worth at the order's prices.
    amount: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    currency: Mapped[str] = mapped_column(String(3), default="")
    text: Mapped[str] = mapped_column(Text)
    #: asked (needs approval), proposed, agreed, carried_out, or gone (declined or refused).
    state: Mapped[str] = mapped_column(Code)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by: Mapped[str | None] = mapped_column(String(120))
    proposed_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    approved_by: Mapped[str | None] = mapped_column(String(120))

    lines: Mapped[list["CompensationLine"]] = relationship(
        order_by="CompensationLine.position", lazy="selectin", cascade="all, delete-orphan"
    )
    parts: Mapped[list["CompensationPart"]] = relationship(
        order_by="CompensationPart.position", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_carried_out(self) -> bool:
        """Whether every department has done its part."""
        return all(part.done_at is not None for part in self.parts)

    def part(self, name: str) -> "CompensationPart | None":
        """Return one of its parts that is still to be done."""
        return next((one for one in self.parts if one.part == name and one.done_at is None), None)


class CompensationLine(Base):
    """Goods that are exchanged, repaired or given back."""

    __tablename__ = "service_compensation_line"

    compensation_id: Mapped[UUID] = mapped_column(
        ForeignKey("service_compensation.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(Uuid)
    sku: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    #: How much of it has come back.
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    #: The line on which the new goods were entered, and how much of it she has.
    replacement_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    delivered: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))


class CompensationPart(Base):
    """What one department does for it; done when its own event says so."""

    __tablename__ = "service_compensation_part"

    compensation_id: Mapped[UUID] = mapped_column(
        ForeignKey("service_compensation.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(Code)
    #: The module that does it.
    department: Mapped[str] = mapped_column(Code)
    #: Of money to be given back: how much, and how much was.
    amount: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    paid: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(120))
    document: Mapped[str] = mapped_column(String(60), default="")
