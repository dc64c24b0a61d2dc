"""What the owner has set: how long each step may take, and what each person may promise."""

from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Code, Money
from core.db import Base


class StepTime(Base):
    """How long a step may take for customers of one grade; without a row the preset holds."""

    __tablename__ = "service_step_time"

    #: A, B, C, or "safety" for cases in which somebody may be hurt.
    grade: Mapped[str] = mapped_column(Code, primary_key=True)
    step: Mapped[str] = mapped_column(Code, primary_key=True)
    #: In minutes of the working calendar; of the clock on the wall for safety cases.
    minutes: Mapped[int]


class Limit(Base):
    """Up to what amount somebody agrees to a compensation alone; without a row the preset holds."""

    __tablename__ = "service_limit"

    #: "role:service_member", or "person:" with the id in hex.
    holder: Mapped[str] = mapped_column(String(80), primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Money)
