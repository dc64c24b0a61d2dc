"""The Chinese calendar (GB/T 33661-2017), by a library that nobody else imports.

It is computed for the lunar years 1900 to 2100. Three new moons that come within seconds of
midnight (September 2057, September 2089, August 2097) are disputed between almanacs; we follow
the library, which follows the standard's reckoning in Beijing time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
#: The Julian day number of the day before 1 January of the year 1, where Python's count begins.
_JULIAN: Final = 1_721_425

_MONTHS: Final = (
    _l("1st month"), _l("2nd month"), _l("3rd month"), _l("4th month"), _l("5th month"),
    _l("6th month"), _l("7th month"), _l("8th month"), _l("9th month"), _l("10th month"),
    _l("11th month"), _l("12th month"),
)  # fmt: skip
_DAYS: Final = (
    _l("day 1"), _l("day 2"), _l("day 3"), _l("day 4"), _l("day 5"), _l("day 6"), _l("day 7"),
    _l("day 8"), _l("day 9"), _l("day 10"), _l("day 11"), _l("day 12"), _l("day 13"), _l("day 14"),
    _l("day 15"), _l("day 16"), _l("day 17"), _l("day 18"), _l("day 19"), _l("day 20"),
    _l("day 21"), _l("day 22"), _l("day 23"), _l("day 24"), _l("day 25"), _l("day 26"),
    _l("day 27"), _l("day 28"), _l("day 29"), _l("day 30"),
)  # fmt: skip


class OutsideCalendar(ValueError):
    """The calendar is not computed for this year; the text says so in the user's language."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "Enter a year between %(first)s and %(last)s: the lunar calendar is not known "
                "for %(year)s.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
                year=year,
            )
        )


class NoSuchLunarDay(ValueError):
    """The year has no such leap month, or the month has no 30th."""


@dataclass(frozen=True, order=True)
class LunarDay:
    """A day of the lunar calendar, in whatever year: 八月十五, 闰六月初一."""

    month: int
    day: int
    #: Whether it is the second month of this number, inserted to keep pace with the sun.
    leap: bool = False

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.day <= 30):
            raise NoSuchLunarDay(_("Enter a lunar month from 1 to 12 and a day from 1 to 30."))

    @property
    def words(self) -> str:
        """The day as people say it, in the reader's language."""
        month = str(_MONTHS[self.month - 1])
        if self.leap:
            month = _("leap %(month)s", month=month)
        return _("%(month)s, %(day)s", month=month, day=str(_DAYS[self.day - 1]))


def to_lunar(day: date) -> tuple[int, LunarDay]:
    """Return the lunar year and day of a solar day.

    Raises:
        OutsideCalendar: before 31 January 1900 or after 2100.
    """
    # Spring Festival lies between 21 January and 21 February: before it, the old year goes on.
    year = day.year if day >= new_year(day.year) else day.year - 1
    for (month, leap), (first, length) in _months(year).items():
        passed = (day - first).days
        if 0 <= passed < length:
            return year, LunarDay(month, passed + 1, leap)
    raise AssertionError(f"{day} lies in no month of the lunar year {year}")


def to_solar(year: int, lunar: LunarDay) -> date:
    """Return the solar day of a lunar day in a lunar year.

    Raises:
        OutsideCalendar: when the year is not computed.
        NoSuchLunarDay: when that year has no such day.
    """
    first, length = _months(year).get((lunar.month, lunar.leap), (date.min, 0))
    if lunar.day > length:
        raise NoSuchLunarDay(
            _(
                "The lunar year %(year)s has no such day: %(day)s. "
                "Check month, day and leap month.",
                year=year,
                day=lunar.words,
            )
        )
    return first + timedelta(days=lunar.day - 1)


def month_length(year: int, month: int, *, leap: bool = False) -> int:
    """Return how many days a lunar month has: 29 or 30, or 0 for a leap month that is not."""
    return _months(year).get((month, leap), (date.min, 0))[1]


def new_year(year: int) -> date:
    """Return the day of the Spring Festival in a solar year."""
    return _months(year)[1, False][0]


@lru_cache(maxsize=256)
def _months(year: int) -> Mapping[tuple[int, bool], tuple[date, int]]:
    """The months of a lunar year: (number, leap) -> (first day, length)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar(year)
    # The library's own cache keeps its lock when it fails; a year made directly needs none.
    listed = _library().LunarYear(year).getMonths()
    return {
        (abs(month.getMonth()), month.getMonth() < 0): (
            date.fromordinal(int(month.getFirstJulianDay()) - _JULIAN),
            int(month.getDayCount()),
        )
        for month in listed
        if month.getYear() == year
    }


@cache
def _library() -> ModuleType:
    """The library; it takes a tenth of a second, for which no start of Lamplit waits."""
    return import_module("lunar_python")
