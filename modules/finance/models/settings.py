"""Rules that the head of finance has set."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Setting(Base):
    """A rule that the head of finance has set; what is missing has its preset."""

    __tablename__ = "finance_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
