"""The same tasks by area for one trip, on a board, in a calendar, and as a file for another one."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.customers.models import Customer, CustomerAlias
from core.customers.resolution import forget_aliases
from core.customers.services import create_customer
from core.db import db
from core.people.queries import person_by_login
from core.tasks import calendar, services
from core.tasks.board import board, end_of_week
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.trip import areas, trip

task_kind(TaskKind("testing.visit", "Visit", "core.administer"))


def a_customer(name, area, address=""):
    row = create_customer(name, ["13800138000"], [address] if address else [])
    row.area = area
    db.session.flush()
    return row.id


def ask(key, customer=None, days=0, **more):
    due = today() + timedelta(days=days)
    return services.ask("testing.visit", key, f"Visit {key}", due, customer_id=customer, **more)


@pytest.fixture
def town(acting):
    with acting("admin"):
        far = a_customer("王伟", "浦东", "世纪大道 100 号")
        near = a_customer("李娜", "浦东", "世纪大道 1 号")
        west = a_customer("张强", "徐汇", "漕溪北路 88 号")
        ask("far", far)
        ask("near", near, -2)
        ask("west", west)
        ask("nowhere")
        ask("tomorrow", west, 1)


def keys(works):
    return [work.task.unique_key for work in works]


def test_the_fullest_area_comes_first_and_nowhere_last(acting, town) -> None:
    with acting("admin"):
        assert [(each.name, each.count) for each in areas()] == [("徐汇", 2), ("浦东", 2), ("", 1)]


def test_a_trip_goes_house_by_house_and_goes_on_by_key(acting, town) -> None:
    with acting("admin"):
        first = trip("浦东", limit=1)
        rest = trip("浦东", limit=1, after=first.next)

        assert keys([*first.items, *rest.items]) == ["near", "far"]
        assert rest.next is None
        assert keys(trip("").items) == ["nowhere"]


def test_a_merged_card_is_visited_where_the_leading_one_lives(acting) -> None:
    with acting("admin"):
        old, middle = a_customer("王伟", "旧区"), a_customer("王伟", "中区")
        new = a_customer("王伟", "新区")
        ask("hers", old)
        db.session.add(CustomerAlias(alias_id=old, customer_id=middle))
        db.session.add(CustomerAlias(alias_id=middle, customer_id=new))
        db.session.flush()
        forget_aliases()

        assert [each.name for each in areas()] == ["新区"]
        assert trip("新区").items[0].customer.id == new


def test_the_trip_page_says_all_that_is_needed_at_the_door(client, acting, town) -> None:
    page = client("admin").get("/tasks/area?area=浦东").text

    for words in ("世纪大道 1 号", 'href="tel:+8613800138000"', "李娜", "Visit near"):
        assert words in page
    assert "Visit west" not in page
    assert "Visit tomorrow" not in client("admin").get("/tasks/area?area=徐汇").text
    assert "Visit nowhere" in client("admin").get("/tasks/area?none=1").text


def test_the_board_stands_by_day(acting, town) -> None:
    with acting("admin"):
        ask("next week", days=(end_of_week(today()) - today()).days + 1)
        columns = {each.name: each for each in board()}

        assert list(columns) == ["overdue", "today", "week", "later"]
        assert keys(columns["overdue"].works) == ["near"]
        assert set(keys(columns["today"].works)) == {"far", "west", "nowhere"}
        assert columns["week"].count + columns["later"].count == 2
        assert "next week" in keys(columns["later"].works)


def test_the_board_counts_more_than_it_shows(acting) -> None:
    with acting("admin"):
        for number in range(25):
            ask(f"{number:02}")
        column = board()[1]

        assert (column.count, len(column.works)) == (25, 10)


def test_the_board_stands_by_area(acting, client, town) -> None:
    with acting("admin"):
        assert [each.title for each in board("area")] == ["徐汇", "浦东", "未填区域"]
    assert "漕溪北路 88 号" in client("admin").get("/tasks/board?by=area").text


def test_what_colleagues_have_taken_is_shown_when_asked_for(acting, town) -> None:
    with acting("admin"):
        sales = person_by_login("sales").id
        ask("theirs", owner_id=sales)

        assert "theirs" not in keys(board()[1].works)
        assert "theirs" in keys(board(whose="all")[1].works)


def test_a_month_has_whole_weeks_and_names_the_first_tasks_of_a_day(acting) -> None:
    with acting("admin"):
        customer = a_customer("王伟", "")
        db.session.get(Customer, customer).grade = "A"
        db.session.flush()
        for number in range(5):
            ask(f"{number}")
        ask("first", customer)
        weeks = calendar.month(today())
        day = next(day for week in weeks for day in week if day.is_today)

        assert {len(week) for week in weeks} == {7}
        assert weeks[0][0].day.weekday() == 0
        assert (day.count, keys(day.works)[0], len(day.works)) == (6, "first", 3)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-12-31", "2026-03-01", "2027-01-01"])
def test_every_month_contains_its_days_once(acting, day) -> None:
    asked = date.fromisoformat(day)
    with acting("admin"):
        days = [each for week in calendar.month(asked) for each in week]

    inside = [each.day for each in days if each.inside]
    assert inside[0] == asked.replace(day=1)
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert [each.day for each in days] == [
        days[0].day + timedelta(days=number) for number in range(len(days))
    ]


def test_month_and_week_are_pages_and_lead_to_one_another(client, acting, town) -> None:
    admin = client("admin")

    month = admin.get("/tasks/calendar").text
    week = admin.get("/tasks/calendar?view=week").text

    assert 'aria-current="date"' in month
    assert "Visit far" in month
    assert "Visit far" in week
    assert admin.get("/tasks/calendar?day=never&view=week").status_code == 200
    assert admin.get("/tasks/calendar?day=9999-12-31").status_code == 200


def test_the_file_for_another_calendar_keeps_names_numbers_and_sums_inside(
    client, acting, town
) -> None:
    with acting("admin"):
        ask("dear", a_customer("赵敏", "浦东"), amount=12345, currency="CNY")
        day = f"{today():%Y%m%d}"

    answer = client("admin").get("/tasks/calendar.ics")

    assert answer.mimetype == "text/calendar"
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("SUMMARY:Visit") == 6
    assert f"DTSTART;VALUE=DATE:{day}" in lines
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    # Any three digits may stand in an identifier.
    said = "".join(line for line in lines if not line.startswith(("UID", "URL", "DT")))
    for secret in ("王伟", "赵敏", "138", "世纪大道", "12345"):
        assert secret not in said
    assert "VEVENT" not in client("sales").get("/tasks/calendar.ics").text
