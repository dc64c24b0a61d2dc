"""The one source of the time: UTC inside, the company's day outside."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.company import company

_pretended: ContextVar[datetime | None] = ContextVar("lamplit_pretended", default=None)


def now() -> datetime:
    """Return the present moment in UTC."""
    return _pretended.get() or datetime.fromtimestamp(time.time(), UTC)


@contextmanager
def pretending(moment: datetime) -> Iterator[None]:
    """Let it be another moment inside: for the sample company, which has a past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def zone() -> ZoneInfo:
    """Return the zone in which the company lives."""
    return ZoneInfo(company().timezone)


def today() -> date:
    """Return the company's calendar day."""
    return now().astimezone(zone()).date()


def local(moment: datetime) -> datetime:
    """Return a stored moment as the company's wall clock shows it."""
    return moment.astimezone(zone())
