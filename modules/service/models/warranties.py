"""Warranties as records, what was done with them, the owner's terms, and what waits for staff."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Quantity, UtcDateTime
from core.db import Base
from core.ids import new_id

OPEN, REGISTERED, ENDED = "open", "registered", "ended"
STATES: Final = (OPEN, REGISTERED, ENDED)
INHERITS, RESTARTS = "inherits", "restarts"
#: The terms of every product that has none of its own.
ANY_PRODUCT: Final = ""


class Warranty(Base):
    """What we promise for one piece, or for the goods of one line and lot that have no numbers."""

    __tablename__ = "service_warranty"
    __table_args__ = (
        UniqueConstraint(
            "deal_id", "line_id", "lot", "serial", "starts_on", name="uq_service_warranty_goods"
        ),
        Index("ix_service_warranty_serial_key", "serial_key"),
        Index("ix_service_warranty_ends", "ends_on", "deal_id", "line_id"),
        Index("ix_service_warranty_main_ends", "main_ends_on", "deal_id", "line_id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: Whose it is: the buyer's, until somebody else is found to have the goods.
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    deal_id: Mapped[UUID] = mapped_column(Uuid)
    line_id: Mapped[UUID] = mapped_column(Uuid)
    #: The order's number.
    number: Mapped[str] = mapped_column(String(40))
    sku: Mapped[str] = mapped_column(String(60))
    product: Mapped[str] = mapped_column(String(200))
    #: Empty where the goods have none.
    lot: Mapped[str] = mapped_column(String(60))
    serial: Mapped[str] = mapped_column(String(80))
    #: The serial number as it is compared; empty where there is none.
    serial_key: Mapped[str] = mapped_column(String(80))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    returned: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    starts_on: Mapped[date] = mapped_column(Date)
    #: The last day on which the whole thing is under warranty, and its main part.
    ends_on: Mapped[date] = mapped_column(Date)
    main_part: Mapped[str] = mapped_column(String(120), default="")
    main_ends_on: Mapped[date | None] = mapped_column(Date)
    free: Mapped[str] = mapped_column(Text, default="")
    charged: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Code, default=OPEN)
    registered_on: Mapped[date | None] = mapped_column(Date)
    #: Under which number she registered it, as numbers are compared; who asks again is known by it.
    registered_phone: Mapped[str] = mapped_column(String(24), default="")
    #: She agreed to be called about it.
    may_call: Mapped[bool] = mapped_column(default=False)
    #: The warranty of the goods for which these were given.
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_warranty.id"))

    acts: Mapped[list["WarrantyAct"]] = relationship(
        order_by="WarrantyAct.position", lazy="selectin"
    )

    @property
    def last_on(self) -> date:
        """The last day of the longest of its terms."""
        return max(self.ends_on, self.main_ends_on or self.ends_on)


class WarrantyAct(Base):
    """One thing done with a warranty; appended, never changed."""

    __tablename__ = "service_warranty_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    warranty_id: Mapped[UUID] = mapped_column(ForeignKey("service_warranty.id"), index=True)
    position: Mapped[int]
    #: began, registered, registered_again, moved, extended, returned or ended.
    act: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None: the customer herself, or it came about by itself.
    by: Mapped[str | None] = mapped_column(String(120))
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class WarrantyTerms(Base):
    """What the owner promises for a product beside its months; "" is for all others."""

    __tablename__ = "service_warranty_terms"

    sku: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: Compressor, motor …, and for how many months from the start it is under warranty.
    main_part: Mapped[str] = mapped_column(String(120), default="")
    main_months: Mapped[int] = mapped_column(default=0)
    free: Mapped[str] = mapped_column(Text, default="")
    charged: Mapped[str] = mapped_column(Text, default="")
    #: Whether goods given in exchange inherit the end of the old ones, or their term starts anew.
    on_exchange: Mapped[str] = mapped_column(Code, default=RESTARTS)


class WarrantyClaim(Base):
    """A registration that cannot be true by itself: staff looks at it."""

    __tablename__ = "service_warranty_claim"
    __table_args__ = (
        UniqueConstraint("serial_key", "phone_number", name="uq_service_warranty_claim_once"),
        Index("ix_service_warranty_claim_state", "state", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: unknown (no such goods), other_phone (not the buyer's number), taken (registered already).
    why: Mapped[str] = mapped_column(Code)
    serial: Mapped[str] = mapped_column(String(80))
    serial_key: Mapped[str] = mapped_column(String(80))
    warranty_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_warranty.id"))
    #: The card that belongs to her number, or that was made for her.
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("core_customer.id"))
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    phone_number: Mapped[str] = mapped_column(String(24))
    household_size: Mapped[int | None]
    birth_calendar: Mapped[str | None] = mapped_column(Code)
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    birth_leap: Mapped[bool] = mapped_column(default=False)
    birth_year: Mapped[int | None]
    may_call: Mapped[bool] = mapped_column(default=False)
    #: open, confirmed or dismissed.
    state: Mapped[str] = mapped_column(Code, default=OPEN)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")


class PublicAttempt(Base):
    """Somebody without an account sent us something: counted, so that nobody sends too much."""

    __tablename__ = "service_public_attempt"
    __table_args__ = (
        Index("ix_service_public_attempt_address", "address", "at"),
        Index("ix_service_public_attempt_subject", "subject", "at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: What it was about: a serial number as it is compared, or a link's hash.
    subject: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
