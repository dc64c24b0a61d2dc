"""The working calendar of a company: weekends, public holidays and the days worked in exchange.

Holidays and China's make-up days come from the library `holidays`, as the State Council announces
them each November. A year that is not announced yet has estimated holidays and no make-up days:
make-up days are never computed. What a company knows better it states as an exception.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Final

from flask_babel import gettext as _

from core.calendar.hours import OPENING, Hours, in_utc

#: Longer without a working day means that the calendar is wrong, not that nobody works.
_LONGEST_REST: Final = 60
#: Countries whose weekends are worked in exchange for holidays, by yearly announcement.
_ANNOUNCING: Final = frozenset({"CN"})


class UnknownCountry(ValueError):
    """No holidays are known for this country; the text says what to do, in the user's language."""

    def __init__(self, country: str) -> None:
        super().__init__(
            _(
                "No public holidays are known for “%(country)s”. "
                "Enter the two letters of a country, such as CN, or nothing.",
                country=country,
            )
        )


class NoWorkingDay(ValueError):
    """The calendar's exceptions leave no day to work on; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _("The working calendar leaves no day to work on. Take some of its days off away.")
        )


@dataclass(frozen=True)
class WorkingCalendar:
    """On which days a company works."""

    zone: tzinfo
    #: ISO 3166; empty for a calendar of mere weekdays, Monday to Friday.
    country: str = "CN"
    #: Day -> whether it is worked, where the company departs from its country.
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether the company works on a day."""
        if day in self.exceptions:
            return self.exceptions[day]
        if not self.country:
            return day.weekday() < 5
        holidays, made_up, weekend = _year_of(self.country, day.year)
        return day in made_up or (day.weekday() not in weekend and day not in holidays)

    def is_announced(self, year: int) -> bool:
        """Tell whether a year's make-up days are known; if not in December, somebody must act."""
        if self.country not in _ANNOUNCING:
            return True
        return any(day.year == year for day in _year_of(self.country, year)[1]) or any(
            day.year == year and works for day, works in self.exceptions.items()
        )

    def next_working(self, day: date) -> date:
        """Return the day itself when it is worked, else the next one that is."""
        return next(self._working_from(day))

    def add_working_time(
        self, start: datetime, span: timedelta, opening: Hours = OPENING
    ) -> datetime:
        """Return the moment, in UTC, when a clock that runs in opening hours has run this long.

        Raises:
            ValueError: for a time that runs backwards.
        """
        if span < timedelta(0):
            raise ValueError(f"working time runs forwards: {span}")
        start = in_utc(start)
        for day in self._working_from(start.astimezone(self.zone).date()):
            begins, ends = opening.on(day, self.zone)
            begins = max(begins, start)
            # What is due when the doors close is due then, and not when they open again.
            if begins + span <= ends and (span or start < ends):
                return begins + span
            span -= max(ends - begins, timedelta(0))
        raise AssertionError("working days never end")

    def working_time_between(
        self, start: datetime, end: datetime, opening: Hours = OPENING
    ) -> timedelta:
        """Return how long a clock that runs in opening hours has run between two moments."""
        start, end = in_utc(start), in_utc(end)
        total, last = timedelta(0), end.astimezone(self.zone).date()
        day = start.astimezone(self.zone).date()
        while day <= last:
            if self.is_working(day):
                begins, ends = opening.on(day, self.zone)
                total += max(min(ends, end) - max(begins, start), timedelta(0))
            day += timedelta(days=1)
        return total

    def _working_from(self, day: date) -> Iterator[date]:
        rested = 0
        while True:
            if self.is_working(day):
                yield day
                rested = 0
            elif (rested := rested + 1) > _LONGEST_REST:
                raise NoWorkingDay
            day += timedelta(days=1)


@lru_cache(maxsize=64)
def _year_of(country: str, year: int) -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """A year's holidays, the weekend days worked in exchange, and the days of its weekend."""
    try:
        listed = _library().country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        raise UnknownCountry(country) from None
    return frozenset(listed), frozenset(listed.weekend_workdays), frozenset(listed.weekend)


@cache
def _library() -> ModuleType:
    """The library; it takes a fifth of a second, for which no start of Lamplit waits."""
    return import_module("holidays")
