"""Marks stand where the figures say, and labels leave one another room."""

from decimal import Decimal
from itertools import pairwise

import pytest
from flask_babel import force_locale

from core.web import charts

WEEKS = [f"W{n}" for n in range(12)]


@pytest.fixture(autouse=True)
def asked(app):
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("draw", [charts.bars, charts.line])
def test_every_mark_stays_inside_its_picture(draw, narrow):
    values = [Decimal(n * 137) for n in range(12)]
    chart = draw(WEEKS, [("now", values), ("before", values)], narrow=narrow)

    for mark in chart.marks:
        assert chart.left <= mark.x <= chart.width
        assert 0 <= mark.y <= chart.floor
        assert mark.y + mark.height <= chart.floor + 0.1


def test_a_bar_is_as_high_as_its_value():
    chart = charts.bars(["a", "b"], [("now", [50, 100])])
    low, high = chart.marks

    assert high.height == pytest.approx(2 * low.height, abs=0.2)


def test_ticks_are_round_and_reach_the_top():
    chart = charts.bars(["a"], [("now", [1234])])

    assert [tick.text for tick in chart.ticks] == ["0", "500", "1K", "1.5K"]


def test_large_amounts_are_short_on_the_axis_in_each_language():
    with force_locale("zh_Hans_CN"):
        chart = charts.bars(["a"], [("now", [Decimal(1_000_000)])])

    assert chart.ticks[-1].text == "100万"


def test_small_counts_have_no_half_ticks():
    chart = charts.bars(["a"], [("now", [2])])

    assert [tick.text for tick in chart.ticks] == ["0", "1", "2"]


def test_nothing_at_all_still_draws():
    assert charts.bars(["a"], [("now", [0])]).marks[0].height == 0
    assert charts.line([], [("now", [])]).marks == []
    assert charts.parts([0, 0]) == [(0, 0), (0, 0)]
    assert charts.sparkline([3]) == ""


@pytest.mark.parametrize(("narrow", "room"), [(False, 55), (True, 50)])
def test_labels_leave_room_for_a_date(narrow, room):
    chart = charts.bars(WEEKS, [("now", range(12))], narrow=narrow)

    assert all(after.x - before.x >= room for before, after in pairwise(chart.labels))


def test_the_value_is_read_in_full_on_a_mark():
    chart = charts.bars(["W1"], [("now", [Decimal("1234.50")])], currency="CNY")

    assert chart.marks[0].text == "W1 · now: ¥1,234.50"


def test_parts_of_a_whole_follow_one_another():
    assert charts.parts([50, 25, 25]) == [(0, 50), (50, 25), (75, 25)]


@pytest.mark.parametrize(("part", "percent"), [(5, 50.0), (-1, 0.0), (20, 100.0)])
def test_a_share_stays_between_nothing_and_all(part, percent):
    assert charts.share(part, 10) == percent
    assert charts.share(part, 0) == 0


def test_a_pareto_picture_leads_to_its_cases_and_runs_up_to_all():
    items = [("Ours", 6, "/a"), ("Goods", 3, "/b"), ("Hers", 1, "/c")]

    chart, shares = charts.pareto(items), charts.running_shares([6, 3, 1])

    heights = [mark.height for mark in chart.marks]
    assert [mark.url for mark in chart.marks] == ["/a", "/b", "/c"]
    assert heights == sorted(heights, reverse=True)
    assert [point.y for point in chart.points] == sorted(
        (point.y for point in chart.points), reverse=True
    )
    assert shares == ["60%", "90%", "100%"]
