"""The index of everything that the search box finds."""

from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class SearchRow(Base):
    """One thing that can be found: a customer, an order, a product, or a module's own record."""

    __tablename__ = "core_search_row"
    __table_args__ = (Index("uq_core_search_row_kind_ref", "kind", "ref", unique=True),)

    # SQLite's full-text index hangs on the rowid, which only an INTEGER key is.
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    subtitle: Mapped[str] = mapped_column(String(300), default="")
    folded: Mapped[str] = mapped_column(Text)
    grams: Mapped[str] = mapped_column(Text)
    permission: Mapped[str | None] = mapped_column(String(80))
    module: Mapped[str | None] = mapped_column(String(40))
    customer_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
