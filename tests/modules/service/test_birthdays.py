"""Nobody's birthday is forgotten, by the sun or by the moon."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.calendar.anniversaries import Birthday, falls_on
from core.promises.keeping import occurrences
from core.promises.kinds import Span
from modules.service.promises import BIRTHDAY
from modules.service.remembering.birthdays import celebrated_on


@given(
    st.one_of(
        st.dates(date(1950, 1, 1), date(2020, 12, 31)).map(lambda day: Birthday.of(day, "solar")),
        st.dates(date(1950, 1, 1), date(2020, 12, 31)).map(lambda day: Birthday.of(day, "lunar")),
    ),
    st.integers(2022, 2060),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_day_finds_exactly_the_birthdays_that_are_kept_on_it(birthday, year):
    key = (birthday.calendar, birthday.month, birthday.day)
    kept = falls_on(birthday, year)

    for day in kept:
        assert key in celebrated_on(day)
        assert key not in celebrated_on(day + timedelta(40))
    days = [date(year, 1, 1) + timedelta(at) for at in range(365)]
    assert {day for day in days if key in celebrated_on(day)} - {date(year, 12, 31)} == set(
        kept
    ) - {date(year, 12, 31)}


@pytest.mark.parametrize(
    ("told", "due_on"),
    [
        # 八月十五 2026 is 25 September, by the calendar's own vectors.
        ({"birth_calendar": "lunar", "birth_month": 8, "birth_day": 15}, date(2026, 8, 26)),
        ({"birth_calendar": "solar", "birth_month": 9, "birth_day": 25}, date(2026, 8, 26)),
    ],
)
def test_thirty_days_before_it_somebody_is_reminded(app, acting, card, told, due_on):
    # Given a customer who told her birthday
    customer = card(**told, grade="A")

    # When the promise is asked for the days around it
    found = _due(acting, Span(due_on - timedelta(20), due_on + timedelta(20)))

    # Then there is one task on the thirtieth day before, with a gift for grade A
    assert [(one.customer_id, one.due_on) for one in found] == [(customer, due_on)]
    assert "gift" in found[0].title


def test_family_is_congratulated_by_name(app, acting, card):
    born = {"birth_calendar": "solar", "birth_month": 9, "birth_day": 25, "birth_year": 1967}
    customer = card(contacts=[{"relation": "母亲", "name": "王秀英", **born}])

    found = _due(acting, Span(date(2026, 8, 26), date(2026, 8, 26)))

    # Her sixtieth is kept at 59 full years by many: both years are named.
    assert [one.customer_id for one in found] == [customer]
    assert found[0].words["name"] == "王秀英"
    assert found[0].words["years"] == "60"


@pytest.fixture
def card(app, acting):
    """Open a card with more than a form asks."""
    from core.customers.models import CustomerContact
    from core.customers.services import create_customer
    from core.ids import new_id

    def make(contacts=(), **more):
        with acting("service"):
            row = create_customer("李丽")
            for name, value in more.items():
                setattr(row, name, value)
            row.contacts = [CustomerContact(id=new_id(), **each) for each in contacts]
            return row.id

    return make


def _due(acting, span):
    with acting("service"):
        return occurrences(BIRTHDAY, BIRTHDAY.preset_settings(), span)
