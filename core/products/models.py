"""A product, with its price including tax."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Money, Rate
from core.db import Base
from core.ids import new_id


class Product(Base):
    """Something that can be sold."""

    __tablename__ = "core_product"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    sku: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    #: Per unit, tax included.
    price: Mapped[Decimal] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(3))
    #: Percent of the price before tax.
    tax_rate: Mapped[Decimal] = mapped_column(Rate)
    #: Whether goods are received and shipped by lot, and by serial number.
    lots: Mapped[bool] = mapped_column(default=False)
    serials: Mapped[bool] = mapped_column(default=False)
    warranty_months: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
