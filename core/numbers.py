"""Document numbers: drawn in the transaction that uses them, so a series has no gaps."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import today
from core.db import Base, db, upsert


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
    drawn = db.session.execute(
        upsert(NumberSeries)
        .values(series=series, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["series", "year"], set_={"last": NumberSeries.last + 1}
        )
        .returning(NumberSeries.last)
    ).scalar_one()
    return f"{series}-{year}-{drawn:04d}"
