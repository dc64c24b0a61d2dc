"""On which day a birthday, or any day kept every year, is celebrated; and how old somebody gets.

The rule: a leap month is celebrated in the ordinary month of that number, a 30th that its month
lacks on the 29th, and 29 February on the 28th in common years.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from flask_babel import gettext as _

from core.calendar.lunar import (
    FIRST_YEAR,
    LAST_YEAR,
    LunarDay,
    NoSuchLunarDay,
    OutsideCalendar,
    month_length,
    to_lunar,
    to_solar,
)

Kind = Literal["solar", "lunar"]
#: The birthdays of parents that a family keeps in style; 73 and 84 are passed over in silence.
ROUND_YEARS: Final = (60, 66, 70, 80, 88)


class NotABirthday(ValueError):
    """There is no such day; the error's text says why, in the user's language."""


@dataclass(frozen=True)
class Birthday:
    """A day of the year as it was told: by the sun or by the moon, with or without the year."""

    calendar: Kind
    month: int
    day: int
    #: Whether the lunar month of birth was an inserted one.
    leap: bool = False
    #: The year of birth in the same calendar: 26 January 1990 is the lunar 30.12.1989.
    year: int | None = None

    def __post_init__(self) -> None:
        if self.calendar == "solar":
            self._check_solar()
        else:
            self._check_lunar()

    @classmethod
    def of(cls, born: date, calendar: Kind) -> "Birthday":
        """Return the birthday of somebody born on this solar day, kept by either calendar."""
        if calendar == "solar":
            return cls("solar", born.month, born.day, year=born.year)
        year, lunar = to_lunar(born)
        return cls("lunar", lunar.month, lunar.day, lunar.leap, year)

    @property
    def born(self) -> date | None:
        """The solar day of birth; None while the year is not known."""
        if self.year is None:
            return None
        if self.calendar == "solar":
            return date(self.year, self.month, self.day)
        return to_solar(self.year, LunarDay(self.month, self.day, self.leap))

    def celebrated_in(self, year: int) -> date:
        """Return the solar day on which it is kept in a year of its own calendar."""
        if self.calendar == "lunar":
            last = month_length(year, self.month)
            return to_solar(year, LunarDay(self.month, min(self.day, last)))
        if (self.month, self.day) == (2, 29) and not isleap(year):
            return date(year, 2, 28)
        return date(year, self.month, self.day)

    def _check_solar(self) -> None:
        if self.leap:
            raise NotABirthday(
                _("Leap months belong to the lunar calendar. Choose it, or no leap.")
            )
        try:
            date(2000 if self.year is None else self.year, self.month, self.day)
        except ValueError:
            raise NotABirthday(_("There is no such day. Check month, day and year.")) from None

    def _check_lunar(self) -> None:
        try:
            lunar = LunarDay(self.month, self.day, self.leap)
            if self.year is not None:
                to_solar(self.year, lunar)
        except (NoSuchLunarDay, OutsideCalendar) as error:
            raise NotABirthday(str(error)) from None


@dataclass(frozen=True)
class Celebration:
    """One year's day of a birthday."""

    on: date
    #: Years of its own calendar that are full on this day (周岁); None without a year of birth.
    completed: int | None = None

    @property
    def nominal(self) -> int | None:
        """Years as families count them (虚岁): one at birth, one more in each later year."""
        return None if self.completed is None else self.completed + 1

    @property
    def round_years(self) -> int | None:
        """The round birthday that may be kept on this day, by either count.

        Many keep the sixtieth when 59 years are full (过九不过十), others a year later: both days
        are named, and the person who knows the family chooses.
        """
        counts = (self.nominal, self.completed)
        return next((years for years in counts if years in ROUND_YEARS), None)


def falls_on(birthday: Birthday, solar_year: int) -> list[date]:
    """Return the days of a solar year on which a birthday is kept, in order.

    A lunar birthday of the 11th or 12th month may fall twice in a solar year, or not at all.

    Raises:
        OutsideCalendar: for a lunar birthday before 1901 or after 2099.
    """
    first, last = date(solar_year, 1, 1), date(solar_year, 12, 31)
    return [each.on for each in celebrations(birthday, first, last)]


def next_on(birthday: Birthday, today: date) -> date:
    """Return the first day from today on, today included, on which a birthday is kept.

    Raises:
        OutsideCalendar: for a lunar birthday before 1901 or after 2098.
    """
    return next(day for day, _year in _kept(birthday, today.year, today.year + 1) if day >= today)


def celebrations(birthday: Birthday, first: date, last: date) -> list[Celebration]:
    """Return every celebration between two days, both included; none before the first birthday.

    Raises:
        OutsideCalendar: for a lunar birthday before 1901 or after 2099.
    """
    found = []
    for day, year in _kept(birthday, first.year, last.year):
        completed = None if birthday.year is None else year - birthday.year
        if first <= day <= last and (completed is None or completed > 0):
            found.append(Celebration(day, completed))
    return found


def completed_age(birthday: Birthday, on: date) -> int | None:
    """Return the full solar years of life (周岁); None before birth or while it is not known."""
    born = birthday.born
    if born is None or on < born:
        return None
    kept = Birthday.of(born, "solar").celebrated_in(on.year)
    return on.year - born.year - (on < kept)


def nominal_age(birthday: Birthday, on: date) -> int | None:
    """Return the age as families count it (虚岁): it grows at every Spring Festival.

    Raises:
        OutsideCalendar: when the birth or the day lies outside the computed lunar years.
    """
    born = birthday.born
    if born is None or on < born:
        return None
    return to_lunar(on)[0] - to_lunar(born)[0] + 1


def _kept(birthday: Birthday, first_year: int, last_year: int) -> Iterator[tuple[date, int]]:
    """Yield the celebrations of some solar years: the day, and the year in its own calendar."""
    if birthday.calendar == "lunar":
        # The eleventh and twelfth month may lie in the next solar year.
        first_year, last_year = first_year - 1, last_year + 1
        if first_year < FIRST_YEAR:
            raise OutsideCalendar(first_year)
        if last_year > LAST_YEAR:
            raise OutsideCalendar(last_year)
    for year in range(first_year, last_year + 1):
        yield birthday.celebrated_in(year), year
