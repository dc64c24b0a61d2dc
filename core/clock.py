"""The one source of the time: UTC inside, the company's day outside."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.company import company


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """Return the zone in which the company lives."""
    return ZoneInfo(company().timezone)


def today() -> date:
    """Return the company's calendar day."""
    return now().astimezone(zone()).date()


def local(moment: datetime) -> datetime:
    """Return a stored moment as the company's wall clock shows it."""
    return moment.astimezone(zone())
