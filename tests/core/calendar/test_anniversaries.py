"""The day on which a birthday is kept, and the age that is reached."""

from datetime import date, timedelta

import pytest
from borax.calendars import LunarDate
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.anniversaries import (
    Birthday,
    Celebration,
    NotABirthday,
    celebrations,
    completed_age,
    falls_on,
    next_on,
    nominal_age,
)
from core.calendar.lunar import OutsideCalendar

TODAY = date(2026, 11, 25)
BIRTHDAYS = st.one_of(
    st.builds(Birthday, st.just("solar"), st.integers(1, 12), st.integers(1, 28)),
    st.just(Birthday("solar", 2, 29)),
    st.builds(Birthday, st.just("lunar"), st.integers(1, 12), st.integers(1, 30), st.booleans()),
)
DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))


class TestTheRule:
    def test_a_lunar_birthday_wanders_through_the_year(self) -> None:
        mid_autumn = Birthday("lunar", 8, 15)

        assert falls_on(mid_autumn, 2026) == [date(2026, 9, 25)]
        assert next_on(mid_autumn, TODAY) == date(2027, 9, 15)
        assert next_on(mid_autumn, date(2026, 9, 25)) == date(2026, 9, 25)

    def test_the_twelfth_month_lies_in_the_next_solar_year(self) -> None:
        birthday = Birthday("lunar", 12, 18)

        assert falls_on(birthday, 2026) == [date(2026, 2, 5)]
        assert next_on(birthday, date(2026, 1, 1)) == date(2026, 2, 5)
        assert next_on(birthday, date(2026, 2, 6)) == date(2027, 1, 25)

    def test_a_leap_month_is_kept_in_the_ordinary_month(self) -> None:
        in_march = Birthday.of(date(1966, 4, 21), "lunar")
        in_july = Birthday.of(date(2006, 8, 24), "lunar")

        assert (in_march.month, in_march.day, in_march.leap) == (3, 1, True)
        assert falls_on(in_march, 2026) == [date(2026, 4, 17)]
        assert next_on(in_july, date(2026, 11, 25)) == date(2027, 8, 2)

    def test_in_a_year_with_the_leap_month_it_is_kept_once_in_the_ordinary_one(self) -> None:
        assert falls_on(Birthday("lunar", 6, 1, leap=True), 2025) == [date(2025, 6, 25)]

    def test_a_missing_30th_is_kept_on_the_29th(self) -> None:
        new_years_eve = Birthday.of(date(1990, 1, 26), "lunar")

        assert new_years_eve == Birthday("lunar", 12, 30, year=1989)
        assert falls_on(new_years_eve, 2027) == [date(2027, 2, 5)]
        assert next_on(new_years_eve, date(2029, 2, 13)) == date(2030, 2, 2)

    def test_29_february_is_kept_on_the_28th_in_common_years(self) -> None:
        birthday = Birthday("solar", 2, 29, year=2000)

        assert falls_on(birthday, 2026) == [date(2026, 2, 28)]
        assert falls_on(birthday, 2028) == [date(2028, 2, 29)]
        assert next_on(birthday, date(2027, 3, 1)) == date(2028, 2, 29)

    def test_a_lunar_birthday_may_fall_twice_in_a_solar_year_or_not_at_all(self) -> None:
        birthday = Birthday("lunar", 11, 20)
        days = {year: falls_on(birthday, year) for year in range(1950, 2050)}

        assert {len(found) for found in days.values()} == {0, 1, 2}
        assert days[2019] == [date(2019, 12, 15)]
        assert days[2020] == []
        assert days[2021] == [date(2021, 1, 3), date(2021, 12, 23)]

    def test_outside_the_calendar_it_says_so(self, spoken_english) -> None:
        with pytest.raises(OutsideCalendar, match="1899"):
            falls_on(Birthday("lunar", 8, 15), 1900)
        with pytest.raises(OutsideCalendar, match="2101"):
            falls_on(Birthday("lunar", 8, 15), 2100)
        assert falls_on(Birthday("solar", 8, 15), 2150) == [date(2150, 8, 15)]

    @settings(deadline=None)
    @given(BIRTHDAYS, DAYS)
    def test_the_next_day_is_the_first_that_any_year_has(self, birthday, today) -> None:
        found = next_on(birthday, today)

        assert today <= found <= today + timedelta(days=385)
        assert found in falls_on(birthday, found.year)
        between = [
            day
            for year in range(today.year, found.year + 1)
            for day in falls_on(birthday, year)
            if today <= day < found
        ]
        assert between == []

    @pytest.mark.parametrize("month", range(1, 13))
    @pytest.mark.parametrize("day", [1, 15, 29, 30])
    def test_a_second_library_keeps_the_same_days(self, month: int, day: int) -> None:
        birthday = Birthday("lunar", month, day)
        disputed = {2057, 2089, 2097}

        ours = [
            each
            for year in range(1950, 2099)
            for each in falls_on(birthday, year)
            if each.year not in disputed
        ]
        theirs = [each for year in range(1949, 2099) if (each := kept_by_borax(year, month, day))]

        assert ours == [
            each for each in theirs if 1950 <= each.year < 2099 and each.year not in disputed
        ]


def kept_by_borax(year: int, month: int, day: int) -> date:
    try:
        return LunarDate(year, month, day, 0).to_solar_date()
    except ValueError:  # InvalidLunarDateError: the month has 29 days
        return LunarDate(year, month, 29, 0).to_solar_date()


class TestAge:
    def test_full_years_grow_on_the_birthday(self) -> None:
        birthday = Birthday("solar", 3, 10, year=1966)

        assert completed_age(birthday, date(2026, 3, 9)) == 59
        assert completed_age(birthday, date(2026, 3, 10)) == 60
        assert completed_age(Birthday("solar", 2, 29, year=2000), date(2026, 2, 28)) == 26

    def test_full_years_of_a_lunar_birthday_are_solar_years(self) -> None:
        birthday = Birthday("lunar", 12, 30, year=1989)

        assert birthday.born == date(1990, 1, 26)
        assert completed_age(birthday, date(2026, 1, 25)) == 35
        assert completed_age(birthday, date(2026, 1, 26)) == 36

    def test_nominal_years_grow_at_the_spring_festival(self) -> None:
        birthday = Birthday("solar", 1, 26, year=1990)

        assert nominal_age(birthday, date(1990, 1, 26)) == 1
        assert nominal_age(birthday, date(1990, 1, 27)) == 2
        assert nominal_age(birthday, date(2027, 2, 5)) == 38
        assert nominal_age(birthday, date(2027, 2, 6)) == 39

    def test_nobody_has_an_age_before_birth_or_without_a_year(self) -> None:
        for age in (completed_age, nominal_age):
            assert age(Birthday("solar", 3, 10), TODAY) is None
            assert age(Birthday("solar", 3, 10, year=2027), TODAY) is None


class TestCelebrations:
    def test_the_coming_days_are_found(self) -> None:
        birthday = Birthday("solar", 12, 20, year=1966)

        assert celebrations(birthday, TODAY, TODAY + timedelta(days=30)) == [
            Celebration(date(2026, 12, 20), completed=60)
        ]
        assert celebrations(birthday, TODAY, TODAY + timedelta(days=24)) == []

    def test_over_new_year_too(self) -> None:
        birthday = Birthday("lunar", 12, 8)
        found = celebrations(birthday, date(2026, 12, 20), date(2027, 1, 19))

        assert found == [Celebration(date(2027, 1, 15))]

    def test_none_before_the_first(self) -> None:
        born = Birthday("solar", 12, 20, year=2025)

        assert [each.completed for each in celebrations(born, date(2024, 1, 1), TODAY)] == []
        assert len(celebrations(born, date(2024, 1, 1), date(2026, 12, 20))) == 1

    def test_a_sixtieth_is_named_at_59_and_at_60(self) -> None:
        mother = Birthday("lunar", 3, 1, leap=True, year=1966)
        found = celebrations(mother, date(2024, 1, 1), date(2036, 12, 31))

        assert [(each.on.year, each.nominal, each.round_years) for each in found] == [
            (2024, 59, None), (2025, 60, 60), (2026, 61, 60), (2027, 62, None),
            (2028, 63, None), (2029, 64, None), (2030, 65, None), (2031, 66, 66),
            (2032, 67, 66), (2033, 68, None), (2034, 69, None), (2035, 70, 70),
            (2036, 71, 70),
        ]  # fmt: skip

    def test_73_and_84_are_passed_over(self) -> None:
        father = Birthday("solar", 5, 1, year=1940)
        found = celebrations(father, date(2010, 1, 1), date(2030, 1, 1))

        assert {each.round_years for each in found} == {None, 70, 80, 88}
        assert Celebration(TODAY).round_years is None


@pytest.mark.usefixtures("spoken_english")
class TestWhatIsNoBirthday:
    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            (("solar", 2, 30), "no such day"),
            (("solar", 13, 1), "no such day"),
            (("solar", 2, 29, False, 2023), "no such day"),
            (("solar", 2, 1, True), "lunar calendar"),
            (("lunar", 13, 1), "from 1 to 12"),
            (("lunar", 1, 31), "from 1 to 30"),
            (("lunar", 6, 1, True, 1990), "1990 has no such day"),
            (("lunar", 6, 1, False, 1850), "between 1900 and 2100"),
        ],
    )
    def test_it_is_refused_with_a_reason(self, wrong, reason) -> None:
        with pytest.raises(NotABirthday, match=reason):
            Birthday(*wrong)
