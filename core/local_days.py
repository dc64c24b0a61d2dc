"""The company's calendar day of a stored moment, reckoned by the database."""

from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func

from core.clock import zone
from core.db import dialect_name


def local_day(moment: Any) -> ColumnElement[Any]:
    """Return the day of a column's moments in the zone in which the company lives."""
    if dialect_name() == "postgresql":
        return cast(func.timezone(zone().key, moment), Date)
    return func.lamplit_day(moment, zone().key, type_=Date())
