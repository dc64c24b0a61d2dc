"""Deals as they are read under their locks, folded, and written back: as plain values, set-wise."""

from collections.abc import Iterable
from typing import Final

from core.aggregates import Aggregate, Part
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine
from core.plain import PlainRows

_LINES = Part("lines", DealLine, "position")
_DUES = Part("dues", DealDue, "position")
_CONCERNS = Part("concerns", DealConcern, "raised_at")
_ENTRIES = PlainRows(DealEntry)
DEALS: Final = Aggregate(Deal, _LINES, _DUES, _CONCERNS)


class PLAIN:
    """The classes of a deal and its parts, for those that no session watches."""

    deal = DEALS.new
    line: type[DealLine] = _LINES.rows.like
    due: type[DealDue] = _DUES.rows.like
    concern: type[DealConcern] = _CONCERNS.rows.like
    entry = _ENTRIES.like


def write(deals: Iterable[Deal], entries: Iterable[DealEntry]) -> None:
    """Write what folding has made of new and of locked deals, and the entries that tell of it."""
    DEALS.write(deals)
    _ENTRIES.insert(entries)
