"""Column types that keep what SQLite and PostgreSQL would each bend in their own way."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from core.money import exact


class _Scaled(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest unit."""

    impl = BigInteger
    cache_ok = True
    places: int

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = exact(value).scaleb(self.places)
        whole = scaled.to_integral_value()
        if whole != scaled:
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(whole)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        # int(): a sum() of BIGINT comes back as Decimal on PostgreSQL.
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


class Money(_Scaled):
    """An amount, stored in minor units (cents)."""

    cache_ok = True
    places = 2


class Quantity(_Scaled):
    """A quantity, stored in thousandths."""

    cache_ok = True
    places = 3


class Rate(_Scaled):
    """A percentage, stored in thousandths of a percent."""

    cache_ok = True
    places = 3


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; aware in Python, UTC in the database, refused when naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Code(TypeDecorator[str]):
    """A short machine word such as a state; never user input."""

    impl = String(40)
    cache_ok = True
