"""On which days a company works, and how a clock runs that stops when it is shut."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.hours import Hours
from core.calendar.working_days import NoWorkingDay, UnknownCountry, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = WorkingCalendar(SHANGHAI)


def days(*spans: str) -> set[date]:
    found = set()
    for span in spans:
        first, _, last = span.partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


# The notices of the State Council: days off (weekends among them) and weekends that are worked.
NOTICES = {
    2025: (
        days(
            "2025-01-01", "2025-01-28/2025-02-04", "2025-04-04/2025-04-06",
            "2025-05-01/2025-05-05", "2025-05-31/2025-06-02", "2025-10-01/2025-10-08",
        ),
        days("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    ),
    2026: (
        days(
            "2026-01-01/2026-01-03", "2026-02-15/2026-02-23", "2026-04-04/2026-04-06",
            "2026-05-01/2026-05-05", "2026-06-19/2026-06-21", "2026-09-25/2026-09-27",
            "2026-10-01/2026-10-07",
        ),
        days(
            "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("year", NOTICES)
def test_china_works_as_its_notice_says(year: int) -> None:
    off, made_up = NOTICES[year]

    for day in days(f"{year}-01-01/{year}-12-31"):
        works = day in made_up or (day.weekday() < 5 and day not in off)
        assert CHINA.is_working(day) == works, day


def test_a_year_without_a_notice_is_not_announced() -> None:
    assert CHINA.is_announced(2025)
    assert CHINA.is_announced(2026)
    assert not CHINA.is_announced(2090)
    # Its holidays are estimates, its weekends are free: make-up days are never computed.
    assert not CHINA.is_working(date(2090, 10, 2))
    assert not CHINA.is_working(date(2090, 10, 7))


def test_what_the_company_states_wins() -> None:
    calendar = WorkingCalendar(
        SHANGHAI, exceptions={date(2090, 10, 8): True, date(2090, 3, 1): False}
    )

    assert date(2090, 10, 8).weekday() == 6
    assert calendar.is_working(date(2090, 10, 8))
    assert not calendar.is_working(date(2090, 3, 1))
    assert calendar.is_announced(2090)


def test_another_country_keeps_other_days() -> None:
    germany = WorkingCalendar(ZoneInfo("Europe/Berlin"), "DE")

    assert not germany.is_working(date(2026, 10, 3))
    assert germany.is_working(date(2026, 10, 1))
    assert not germany.is_working(date(2026, 12, 25))
    assert germany.is_announced(2090)
    assert WorkingCalendar(SHANGHAI, "").is_working(date(2026, 10, 1))
    assert not WorkingCalendar(SHANGHAI, "").is_working(date(2026, 10, 10))


def test_a_due_day_moves_to_the_next_working_day() -> None:
    assert CHINA.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CHINA.next_working(date(2026, 10, 8)) == date(2026, 10, 8)
    assert CHINA.next_working(date(2026, 10, 10)) == date(2026, 10, 10)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-25 10:00", 2, "2026-11-25 12:00"),
        ("2026-11-25 17:00", 1, "2026-11-25 18:00"),
        ("2026-11-25 17:00", 2, "2026-11-26 10:00"),
        ("2026-11-25 18:00", 1, "2026-11-26 10:00"),
        ("2026-11-25 23:30", 1, "2026-11-26 10:00"),
        ("2026-11-25 03:00", 1, "2026-11-25 10:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),
        ("2026-11-25 10:00", 24, "2026-11-27 16:00"),
        # Over the National Day, with the Saturday that is worked in exchange.
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),
        ("2026-10-10 17:00", 2, "2026-10-12 10:00"),
        ("2026-11-25 10:00", 0, "2026-11-25 10:00"),
        ("2026-11-25 18:00", 0, "2026-11-26 09:00"),
        ("2026-11-25 20:00", 0, "2026-11-26 09:00"),
    ],
)
def test_the_clock_runs_while_the_company_is_open(start: str, hours: int, due: str) -> None:
    found = CHINA.add_working_time(at(start), timedelta(hours=hours))

    assert found == at(due)
    assert found.tzinfo is UTC
    assert CHINA.working_time_between(at(start), found) == timedelta(hours=hours)


def test_minutes_count_and_opening_hours_are_the_companys() -> None:
    late = Hours(time(13), time.min)

    due = CHINA.add_working_time(at("2026-11-25 23:50"), timedelta(minutes=15), late)

    assert due == at("2026-11-26 13:05")


def test_hours_follow_the_wall_clock_through_summer_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 23, 17, tzinfo=berlin)  # the Friday before the clocks go back

    due = WorkingCalendar(berlin, "DE").add_working_time(start, timedelta(hours=2))

    assert due == datetime(2026, 10, 26, 10, tzinfo=berlin)
    assert due - start == timedelta(hours=66)
    # A clock that runs through the night counts the hour that comes twice.
    through = Hours(time.min, time.min)
    every_day = WorkingCalendar(berlin, "", {date(2026, 10, 24): True, date(2026, 10, 25): True})
    due = every_day.add_working_time(start, timedelta(hours=48), through)
    assert due == datetime(2026, 10, 25, 16, tzinfo=berlin)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1060)).map(
    lambda passed: datetime(2024, 1, 1, tzinfo=UTC) + passed
)
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(hours=200))


@settings(deadline=None)
@given(MOMENTS, SPANS)
def test_as_much_time_has_passed_as_was_added(start: datetime, span: timedelta) -> None:
    assert CHINA.working_time_between(start, CHINA.add_working_time(start, span)) == span


@settings(deadline=None)
@given(MOMENTS, SPANS, SPANS)
def test_two_steps_lead_where_one_does(start: datetime, one: timedelta, two: timedelta) -> None:
    halfway = CHINA.add_working_time(start, one)

    assert CHINA.add_working_time(halfway, two) == CHINA.add_working_time(start, one + two)


def test_time_before_its_start_is_no_time() -> None:
    later, earlier = at("2026-11-25 15:00"), at("2026-11-25 10:00")

    assert CHINA.working_time_between(later, earlier) == timedelta(0)
    with pytest.raises(ValueError, match="runs forwards"):
        CHINA.add_working_time(later, timedelta(hours=-1))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        CHINA.add_working_time(datetime(2026, 11, 25, 10), timedelta(hours=1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="open before they close"):
        Hours(time(18), time(9))


def test_a_calendar_that_cannot_be_used_says_so(spoken_english) -> None:
    with pytest.raises(UnknownCountry, match="“XX”"):
        WorkingCalendar(SHANGHAI, "XX").is_working(date(2026, 11, 25))
    never = dict.fromkeys(days("2026-01-01/2026-12-31"), False)
    with pytest.raises(NoWorkingDay, match="no day to work"):
        WorkingCalendar(SHANGHAI, exceptions=never).next_working(date(2026, 3, 1))
