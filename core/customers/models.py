"""A customer's card, her people, phones and addresses, and the cards found to be the same."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.calendar.anniversaries import Birthday, Kind
from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id


def _words(longest: int) -> Mapped[str]:
    return mapped_column(String(longest), default="", server_default="")


class Birth:
    """When somebody was born, by the calendar in which the day is kept; the year may be unknown."""

    #: "solar" or "lunar"; None while the birthday is unknown.
    birth_calendar: Mapped[str | None] = mapped_column(Code)
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    #: Born in a leap month of the lunar calendar.
    birth_leap: Mapped[bool] = mapped_column(default=False, server_default=false())
    birth_year: Mapped[int | None]

    @property
    def birthday(self) -> Birthday | None:
        """The birthday, by whichever calendar it is kept; None while it is unknown."""
        if self.birth_calendar is None or self.birth_month is None or self.birth_day is None:
            return None
        kind: Kind = "lunar" if self.birth_calendar == "lunar" else "solar"
        return Birthday(kind, self.birth_month, self.birth_day, self.birth_leap, self.birth_year)


def _known(column: str) -> Index:
    """An index over the few rows that have a value."""
    there = text(f"{column} IS NOT NULL")
    return Index(f"ix_core_customer_{column}", column, sqlite_where=there, postgresql_where=there)


class Customer(Birth, Base):
    """Somebody who buys or may buy: a person or a company."""

    __tablename__ = "core_customer"
    __table_args__ = (
        Index("ix_core_customer_sorted", "sort_name", "id"),
        Index("ix_core_customer_birthday", "birth_calendar", "birth_month", "birth_day"),
        _known("resident_id"),
        _known("uscc"),
        _known("seller_id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: The customer's number in another system, by which an import knows the card again.
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: The name as it is put in order: Chinese by its sound.
    sort_name: Mapped[str] = mapped_column(String(120))
    #: "person" or "company".
    kind: Mapped[str] = mapped_column(Code, default="person", server_default="person")
    surname: Mapped[str] = _words(40)
    #: How to address her: 总, 经理, 先生, 女士 …
    title: Mapped[str] = _words(40)
    household_size: Mapped[int | None]
    #: The day of the month on which she has her pay.
    pay_day: Mapped[int | None]
    resident_id: Mapped[str | None] = mapped_column(String(18))
    #: Where mails reach her; empty while nobody has asked.
    email: Mapped[str] = _words(200)
    #: What she has at home: "none", "ours" or "other"; empty while nobody has asked.
    brand: Mapped[str] = mapped_column(Code, default="", server_default="")
    brand_name: Mapped[str] = _words(80)
    prefers: Mapped[str] = mapped_column(Text, default="", server_default="")
    area: Mapped[str] = mapped_column(String(80), default="", server_default="", index=True)
    #: Her salesperson.
    seller_id: Mapped[UUID | None] = mapped_column(Uuid)
    #: A company's number in the register of enterprises (统一社会信用代码).
    uscc: Mapped[str | None] = mapped_column(String(18))
    legal_person: Mapped[str] = _words(120)
    trade: Mapped[str] = _words(80)
    staff: Mapped[int | None]
    terms: Mapped[str] = _words(200)
    #: "A", "B" or "C"; empty while she has none.
    grade: Mapped[str] = mapped_column(Code, default="", server_default="")
    #: "prospect", "possible", "existing" or "lapsed".
    stage: Mapped[str] = mapped_column(Code, default="prospect", server_default="prospect")
    #: She wants no advertising.
    opted_out: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    phones: Mapped[list["CustomerPhone"]] = relationship(
        order_by="CustomerPhone.position", cascade="all, delete-orphan", lazy="selectin"
    )
    addresses: Mapped[list["CustomerAddress"]] = relationship(
        order_by="CustomerAddress.position", cascade="all, delete-orphan", lazy="selectin"
    )
    contacts: Mapped[list["CustomerContact"]] = relationship(
        order_by="CustomerContact.position", cascade="all, delete-orphan"
    )
    tag_rows: Mapped[list["CustomerTag"]] = relationship(
        order_by="CustomerTag.tag", cascade="all, delete-orphan"
    )

    @property
    def tags(self) -> list[str]:
        """The words by which the card is found together with others."""
        return [each.tag for each in self.tag_rows]

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
    __table_args__ = (Index("ix_core_customer_phone_number", "number", "customer_id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    typed: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(24))
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


class CustomerContact(Birth, Base):
    """Somebody of her family or her company, with the days that matter."""

    __tablename__ = "core_customer_contact"
    __table_args__ = (Index("ix_core_customer_contact_number", "number", "customer_id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    #: Husband, mother, child, buyer, bookkeeper …
    relation: Mapped[str] = _words(60)
    name: Mapped[str] = _words(120)
    phone: Mapped[str] = _words(40)
    #: The same number as it is compared; empty where there is none.
    number: Mapped[str] = _words(24)
    #: The year in which a child sits its great examination.
    exam_year: Mapped[int | None]
    note: Mapped[str] = _words(200)


class CustomerTag(Base):
    """A word by which cards are found together."""

    __tablename__ = "core_customer_tag"
    __table_args__ = (Index("ix_core_customer_tag_tag", "tag", "customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True)


class CustomerAccess(Base):
    """Who looked at, or took away, what is guarded; appended, never changed."""

    __tablename__ = "core_customer_access"
    __table_args__ = (Index("ix_core_customer_access_customer", "customer_id", "at"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    person_id: Mapped[UUID | None] = mapped_column(Uuid)
    #: "resident_id", "export" …
    what: Mapped[str] = mapped_column(Code)
    #: Whose; None where it was many.
    customer_id: Mapped[UUID | None] = mapped_column(Uuid)
    detail: Mapped[str] = _words(200)


class CustomerTouch(Base):
    """When something last happened with a customer, by the log."""

    __tablename__ = "core_customer_touch"
    __table_args__ = (
        Index("ix_core_customer_touch_at", "touched_at", "customer_id"),
        {"info": {"view": True, "heard": True}},
    )

    customer_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CustomerAlias(Base):
    """One card that is the same customer as another; undone by removing the row."""

    __tablename__ = "core_customer_alias"

    alias_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    #: The card that stands for all of them today: one look is enough, however often was merged.
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), index=True)
    #: The card that it was found to be the same as; undoing goes back along these.
    merged_with: Mapped[UUID | None] = mapped_column(Uuid)
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    merged_by: Mapped[UUID | None] = mapped_column(Uuid)


class CustomersApart(Base):
    """Two cards that look alike and are two customers: somebody has said so."""

    __tablename__ = "core_customer_apart"

    first_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("core_customer.id"), primary_key=True)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    said_by: Mapped[UUID | None] = mapped_column(Uuid)
