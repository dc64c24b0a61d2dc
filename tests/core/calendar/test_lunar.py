"""Lunar days, against the vectors of almanacs and against a second library."""

from datetime import date, timedelta

import pytest
from borax.calendars import LunarDate
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.lunar import (
    LunarDay,
    NoSuchLunarDay,
    OutsideCalendar,
    month_length,
    new_year,
    to_lunar,
    to_solar,
)

#: Their new moons come within seconds of midnight; the almanacs differ.
DISPUTED = (date(2057, 9, 28), date(2089, 9, 4), date(2097, 8, 7))


@pytest.mark.parametrize(
    ("solar", "year", "lunar"),
    [
        (date(2025, 6, 25), 2025, LunarDay(6, 1)),
        (date(2025, 7, 25), 2025, LunarDay(6, 1, leap=True)),
        (date(2033, 12, 22), 2033, LunarDay(11, 1, leap=True)),
        (date(2026, 9, 25), 2026, LunarDay(8, 15)),
        (date(2027, 9, 15), 2027, LunarDay(8, 15)),
        (date(2006, 8, 24), 2006, LunarDay(7, 1, leap=True)),
        (date(1990, 1, 26), 1989, LunarDay(12, 30)),
        (date(2026, 2, 5), 2025, LunarDay(12, 18)),
        (date(2027, 1, 25), 2026, LunarDay(12, 18)),
        (date(1900, 1, 31), 1900, LunarDay(1, 1)),
    ],
)
def test_a_day_has_one_lunar_day(solar: date, year: int, lunar: LunarDay) -> None:
    assert to_lunar(solar) == (year, lunar)
    assert to_solar(year, lunar) == solar


def test_the_spring_festival_opens_the_year() -> None:
    assert new_year(2027) == date(2027, 2, 6)
    assert new_year(2028) == date(2028, 1, 26)
    assert to_lunar(date(2027, 2, 5)) == (2026, LunarDay(12, 29))


def test_a_leap_month_is_only_in_its_year() -> None:
    assert month_length(2025, 6, leap=True) == 29
    assert month_length(2026, 6, leap=True) == 0
    assert month_length(2033, 11, leap=True) == 29


@settings(deadline=None)
@given(st.dates(date(1900, 1, 31), date(2100, 12, 31)))
def test_every_day_comes_back(solar: date) -> None:
    assert to_solar(*to_lunar(solar)) == solar


def test_a_second_library_says_the_same() -> None:
    differ = []
    day = date(1950, 1, 1)
    while day < date(2100, 1, 1):
        theirs = LunarDate.from_solar(day)
        ours = to_lunar(day)
        if ours != (theirs.year, LunarDay(theirs.month, theirs.day, bool(theirs.leap))):
            differ.append(day)
        day += timedelta(days=1)

    # The month that begins at a disputed new moon is counted a day apart, and no other.
    for day in differ:
        assert any(moon <= day <= moon + timedelta(days=30) for moon in DISPUTED), day


@pytest.mark.usefixtures("spoken_english")
@pytest.mark.parametrize(
    ("lunar", "words"),
    [
        (LunarDay(8, 15), "8th month, day 15"),
        (LunarDay(6, 1, leap=True), "leap 6th month, day 1"),
    ],
)
def test_a_lunar_day_in_english(lunar: LunarDay, words: str) -> None:
    assert lunar.words == words


@pytest.mark.usefixtures("spoken_chinese")
@pytest.mark.parametrize(
    ("lunar", "words"),
    [
        (LunarDay(8, 15), "八月十五"),
        (LunarDay(6, 1, leap=True), "闰六月初一"),
        (LunarDay(1, 10), "正月初十"),
        (LunarDay(11, 20), "冬月二十"),
        (LunarDay(11, 21, leap=True), "闰冬月廿一"),
        (LunarDay(12, 30), "腊月三十"),
        (LunarDay(10, 11), "十月十一"),
    ],
)
def test_a_lunar_day_in_chinese(lunar: LunarDay, words: str) -> None:
    assert lunar.words == words


@pytest.mark.usefixtures("spoken_english")
class TestWhatThereIsNot:
    def test_a_year_outside_the_calendar_is_named(self) -> None:
        for day in (date(1900, 1, 30), date(2101, 1, 1)):
            with pytest.raises(OutsideCalendar, match="between 1900 and 2100"):
                to_lunar(day)

    @pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 31)])
    def test_there_are_twelve_months_of_thirty_days_at_most(self, month: int, day: int) -> None:
        with pytest.raises(NoSuchLunarDay, match="from 1 to 30"):
            LunarDay(month, day)

    def test_a_missing_day_is_named(self) -> None:
        with pytest.raises(NoSuchLunarDay, match="2026 has no such day: leap 6th month, day 1"):
            to_solar(2026, LunarDay(6, 1, leap=True))
        with pytest.raises(NoSuchLunarDay, match="12th month, day 30"):
            to_solar(2026, LunarDay(12, 30))
