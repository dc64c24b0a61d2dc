"""Messages come by day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.hours import Hours, may_send, next_quiet_end

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2026-11-25 08:59:59", "2026-11-25 09:00"),
        ("2026-11-25 09:00", "2026-11-25 09:00"),
        ("2026-11-25 19:59:59", "2026-11-25 19:59:59"),
        ("2026-11-25 20:00", "2026-11-26 09:00"),
        ("2026-12-31 23:59", "2027-01-01 09:00"),
        ("2026-11-25 00:00", "2026-11-25 09:00"),
    ],
)
def test_a_message_waits_for_the_morning(moment: str, sent: str) -> None:
    assert next_quiet_end(at(moment), SHANGHAI) == at(sent)
    assert may_send(at(moment), SHANGHAI) == (moment == sent)


def test_it_is_the_readers_night_that_counts() -> None:
    moment = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # 21:00 in Shanghai

    assert not may_send(moment, SHANGHAI)
    assert may_send(moment, ZoneInfo("Europe/Berlin"))
    assert next_quiet_end(moment, SHANGHAI) == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def test_the_window_is_a_setting() -> None:
    assert may_send(at("2026-11-25 20:30"), SHANGHAI, Hours(time(8), time(21)))
    assert may_send(at("2026-11-25 23:59"), SHANGHAI, Hours(time(8), time.min))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 25, 10)  # noqa: DTZ001
    for ask in (may_send, next_quiet_end):
        with pytest.raises(ValueError, match="needs its zone"):
            ask(naive, SHANGHAI)


@settings(deadline=None)
@given(
    st.timedeltas(timedelta(0), timedelta(days=3650)).map(
        lambda passed: datetime(2020, 1, 1, tzinfo=UTC) + passed
    ),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]),
)
def test_nobody_is_ever_woken(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    sent = next_quiet_end(moment, zone)

    assert may_send(sent, zone)
    assert moment <= sent < moment + timedelta(hours=14, minutes=1)
    assert time(9) <= sent.astimezone(zone).time() < time(20)
