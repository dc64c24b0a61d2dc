"""Try a promise on days that are over: what would it have asked for?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.clock import today
from core.customers.queries import named
from core.promises.keeping import occurrences
from core.promises.kinds import Occurrence, PromiseKind, Span

DAYS = 30
_SHOWN = 20


@dataclass(frozen=True)
class Trial:
    """What a promise would have asked for in a span of days that is over."""

    span: Span
    tasks: int
    customers: int
    #: How many on each day, the days without any included.
    by_day: tuple[tuple[date, int], ...]
    #: Some of them, the latest first, with the customers' names.
    examples: tuple[tuple[Occurrence, str], ...]


def try_out(kind: PromiseKind, settings: Mapping[str, Any], days: int = DAYS) -> Trial:
    """Return what these settings would have asked for in the days before today."""
    span = Span(today() - timedelta(days), today() - timedelta(1))
    found = occurrences(kind, dict(settings), span)
    counted = Counter(one.due_on for one in found)
    every = [span.first + timedelta(at) for at in range(days)]
    latest = found[::-1][:_SHOWN]
    names = named({one.customer_id for one in latest})
    return Trial(
        span=span,
        tasks=len(found),
        customers=len({one.customer_id for one in found}),
        by_day=tuple((day, counted[day]) for day in every),
        examples=tuple(
            (one, names[one.customer_id].name) for one in latest if one.customer_id in names
        ),
    )
