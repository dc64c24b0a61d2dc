"""A customer with several phones and addresses, and the cards that were found to be the same."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import UtcDateTime
from core.db import Base
from core.ids import new_id


class Customer(Base):
    """Somebody who buys or may buy: a person or a company."""

    __tablename__ = "core_customer"
    __table_args__ = (Index("ix_core_customer_sorted", "sort_name", "id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: The customer's number in another system, by which an import knows the card again.
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: The name as it is put in order: Chinese by its sound.
    sort_name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    phones: Mapped[list["CustomerPhone"]] = relationship(
        order_by="CustomerPhone.position", cascade="all, delete-orphan", lazy="selectin"
    )
    addresses: Mapped[list["CustomerAddress"]] = relationship(
        order_by="CustomerAddress.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def phone(self) -> str:
        """The number to call first, or nothing."""
        return self.phones[0].shown if self.phones else ""

    @property
    def address(self) -> str:
        """The place to deliver to first, or nothing."""
        return self.addresses[0].text if self.addresses else ""


class CustomerPhone(Base):
    """A number under which the customer is reached: as it was typed, and as it is compared."""

    __tablename__ = "core_customer_phone"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    typed: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(24), index=True)
    extension: Mapped[str] = mapped_column(String(8), default="")
    label: Mapped[str] = mapped_column(String(60), default="")

    @property
    def shown(self) -> str:
        """The number as the person typed it."""
        return self.typed


class CustomerAddress(Base):
    """A place of the customer, and who receives there."""

    __tablename__ = "core_customer_address"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(300))
    label: Mapped[str] = mapped_column(String(60), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")


class CustomerAlias(Base):
    """One card that is the same customer as another; undone by removing the row."""

    __tablename__ = "core_customer_alias"

    alias_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    merged_by: Mapped[UUID | None] = mapped_column(Uuid)
