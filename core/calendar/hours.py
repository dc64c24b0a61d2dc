"""Hours of the day: when the company is open, and when a message may be sent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final


@dataclass(frozen=True)
class Hours:
    """The same hours every day, by the clock on the wall; closing at 00:00 is midnight."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time.min and self.opens >= self.closes:
            raise ValueError(f"hours open before they close: {self.opens} to {self.closes}")

    def on(self, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return when they begin and end on a day, in UTC; the end is no part of them."""
        end = day + timedelta(days=1) if self.closes == time.min else day
        begins = datetime.combine(day, self.opens, zone)
        return begins.astimezone(UTC), datetime.combine(end, self.closes, zone).astimezone(UTC)


def in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC.

    Raises:
        ValueError: for one without a zone, which would be read by the server's clock.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {moment}")
    return moment.astimezone(UTC)


#: Preset of the hours in which a company works.
OPENING: Final = Hours(time(9), time(18))
#: Preset of the hours in which a message may reach a customer: never at night.
SENDING: Final = Hours(time(9), time(20))


def may_send(at: datetime, zone: tzinfo, window: Hours = SENDING) -> bool:
    """Tell whether a message may be sent at this moment, by the clock of its reader's zone."""
    begins, ends = window.on(in_utc(at).astimezone(zone).date(), zone)
    return begins <= at < ends


def next_quiet_end(at: datetime, zone: tzinfo, window: Hours = SENDING) -> datetime:
    """Return the first moment, this one included, at which a message may be sent, in UTC."""
    at = in_utc(at)
    today = at.astimezone(zone).date()
    begins, ends = window.on(today, zone)
    if at < ends:
        return max(at, begins)
    return window.on(today + timedelta(days=1), zone)[0]
