"""What was expected of customers when they last bought: reckoned once, then only looked up."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Code, Money, Quantity
from core.db import Base

RUN_OUT, GONE, FADING = "run_out", "gone", "fading"


class Expected(Base):
    """One expectation after one purchase; a later purchase brings the next and takes its place."""

    __tablename__ = "core_expected"
    __table_args__ = (Index("ix_core_expected_on", "kind", "on_day", "customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    #: run_out: of one product; gone and fading: of all that she buys.
    kind: Mapped[str] = mapped_column(Code, primary_key=True)
    sku: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    #: The purchase after which it was expected.
    bought_on: Mapped[date] = mapped_column(Date, primary_key=True)
    #: When she will buy again (run_out), or counts as gone or fading.
    on_day: Mapped[date] = mapped_column(Date)
    #: The day on which she bought again, if she has.
    again_on: Mapped[date | None] = mapped_column(Date)
    #: How sure it is, in percent.
    confidence: Mapped[int] = mapped_column(Integer, default=0)
    #: Why, in the company's language.
    why: Mapped[str] = mapped_column(Text, default="")
    quantity: Mapped[Decimal | None] = mapped_column(Quantity)
    #: What she may not buy any more in a year.
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))


class ToReckon(Base):
    """A customer who has bought, or given something back, since she was last reckoned."""

    __tablename__ = "core_to_reckon"

    customer_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
