"""Document numbers: drawn in the transaction that uses them, so a series has no gaps."""

from functools import cache
from typing import cast

from sqlalchemy import String, Table
from sqlalchemy.orm import Mapped, mapped_column

from bus.kept import Kept
from bus.rows import by_name
from core.clock import today
from core.db import Base, connection, dialect_name, upsert


class NumberSeries(Base):
    """The last number given in one series of one year."""

    __tablename__ = "core_number_series"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_number(series: str) -> str:
    """Draw the next number of a series, such as "SO-2026-0001".

    The row stays locked until the transaction ends: who rolls back gives the number back.
    """
    year = today().year
    values = {"series": series, "year": year, "last": 1}
    drawn = _drawing(dialect_name()).scalar(connection(), values)
    return f"{series}-{year}-{drawn:04d}"


@cache
def _drawing(dialect: str) -> Kept:
    table = cast("Table", NumberSeries.__table__)
    statement = upsert(table, dialect).values(by_name("series", "year", "last"))
    drawing = statement.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": table.c.last + 1}
    )
    return Kept(drawing.returning(table.c.last))
