"""What became of a purchase only after a day: a forecast made on that day could not know it.

The deals say what is true now. What was added, cancelled or returned later is read in the log and
taken back out.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

import bus
from bus.codec import read
from core.db import db
from core.deals.facts import Cancelled, Returned, Sold
from core.deals.models import Deal, DealEntry
from core.money import ZERO

F = TypeVar("F", Sold, Cancelled, Returned)

_CHANGES = ("sold", "cancelled", "returned")
#: All of them: there are no more than the chunk of customers has caused.
_NO_LIMIT = 10_000_000


@dataclass
class Later:
    """What happened to a line after the day: how much more was bought, and came back."""

    bought: Decimal = ZERO
    paid: Decimal = ZERO
    returned: Decimal = ZERO


def later_changes(whose: ColumnElement[bool], day: date) -> Mapping[UUID, Later]:
    """Return by line what was sold before this day and changed on it or later."""
    query = (
        select(Deal.id)
        .join(DealEntry, DealEntry.deal_id == Deal.id)
        .where(whose, Deal.sold_on < day)
        .where(DealEntry.fact.in_(_CHANGES), DealEntry.happened_on >= day)
        .distinct()
    )
    deals = db.session.scalars(query).all()
    return _read(deals, day) if deals else {}


def _read(deals: Collection[UUID], day: date) -> Mapping[UUID, Later]:
    found: dict[UUID, Later] = defaultdict(Later)
    for sold in _facts(deals, Sold, day):
        for line in sold.lines:
            found[line.line_id].bought += line.quantity
            found[line.line_id].paid += line.amount
    for cancelled in _facts(deals, Cancelled, day):
        for gone in cancelled.lines:
            found[gone.line_id].bought -= gone.quantity
            found[gone.line_id].paid -= gone.amount
    for returned in _facts(deals, Returned, day):
        for back in returned.lines:
            found[back.line_id].returned += back.quantity
    return found


def _facts(deals: Collection[UUID], kind: type[F], day: date) -> list[F]:
    stored = bus.events(aggregate_ids=deals, kind=kind.declaration.type, limit=_NO_LIMIT)
    said = [read(each, kind) for each in stored]
    return [each for each in said if each.happened_on >= day]
