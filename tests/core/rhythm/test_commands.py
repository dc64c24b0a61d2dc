"""`lamplit forecast`: files for the whole shop, or a plain word of what is wrong."""

import csv
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from core.cli import forecasting

START = date(2026, 1, 1)


def visits(customer, sku, gap, times, quantity=1):
    """Rows of somebody who comes every so many days."""
    return [
        (customer, sku, START + timedelta(days=gap * at), quantity, "10.00") for at in range(times)
    ]


@pytest.fixture
def lamplit(app, monkeypatch):
    """Run the command on this test's installation."""
    monkeypatch.setattr(forecasting, "founded_app", lambda: app)
    return lambda *given: CliRunner().invoke(forecasting.forecast, [str(each) for each in given])


@pytest.fixture
def table(tmp_path):
    """The file that was written."""

    def read():
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


def test_who_buys_by_rhythm_is_named_with_her_day(sold, lamplit, table, tmp_path):
    # Given a monthly tea drinker, a fortnightly soap buyer, and one who has only come twice
    sold(
        visits("C1", "TEA", 30, 7) + visits("C2", "SOAP", 14, 14)
        + visits("C1", "SOAP", 60, 2) + visits("C3", "TEA", 40, 2)
    )  # fmt: skip

    # When asked on the day before both would come
    result = lamplit(
        "runout", "--as-of", START + timedelta(days=184), "--output", tmp_path / "out.csv"
    )

    # Then each has her day, and who has no rhythm is left out
    assert result.exit_code == 0, result.output
    rows = {(row["customer_ref"], row["sku"]): row["next_on"] for row in table()}
    assert rows.keys() == {("C1", "TEA"), ("C2", "SOAP")}
    tea = date.fromisoformat(rows["C1", "TEA"]) - START
    soap = date.fromisoformat(rows["C2", "SOAP"]) - START
    assert 205 <= tea.days <= 215
    assert 192 <= soap.days <= 199


def test_only_what_was_sold_before_the_day_is_known(sold, lamplit, table, tmp_path):
    # Given three months, and a change of pace on the very day and later
    sold([*visits("C1", "TEA", 30, 4), ("C1", "TEA", START + timedelta(days=95), 9, "1.00")])
    day, out = START + timedelta(days=95), tmp_path / "out.csv"

    lamplit("runout", "--as-of", day, "--output", out)

    [row] = table()
    assert date.fromisoformat(row["next_on"]) > day
    assert (date.fromisoformat(row["next_on"]) - START).days in range(115, 128)


def test_a_forecast_does_not_know_of_a_return_that_came_later(app, sold, lamplit, table, tmp_path):
    from bus import publish
    from core.db import unit_of_work
    from core.deals.facts import GoodsLine, Returned
    from core.deals.queries import deal

    # Given three purchases, of which the last was brought back ten days later
    sold(visits("C1", "TEA", 30, 3))
    with unit_of_work(app):
        kept = deal("R00002")
        publish(
            Returned(
                deal_id=kept.deal_id, number=kept.number, customer_id=kept.customer_id,
                customer_name=kept.customer, currency="CNY",
                happened_on=START + timedelta(days=70),
                lines=(GoodsLine(line_id=kept.lines[0].line_id, quantity=kept.lines[0].ordered),),
            )
        )  # fmt: skip

    # When asked before and after it came back
    out = tmp_path / "out.csv"
    lamplit("runout", "--as-of", START + timedelta(days=65), "--output", out)
    before = table()
    lamplit("runout", "--as-of", START + timedelta(days=75), "--output", out)

    # Then it is a purchase only before
    assert len(before) == 1
    assert table() == []


def test_who_comes_often_is_expected_often(sold, lamplit, table, tmp_path):
    # Given regulars, and many who came once and never again
    rows = [row for n in range(20) for row in visits(f"R{n}", "TEA", 14, 20)]
    rows += [row for n in range(20) for row in visits(f"O{n}", "TEA", 14, 1)]
    sold(rows)
    ask = ("purchases", "--as-of", START + timedelta(days=270), "--weeks", 12)

    # When asked for the number that fits one of them, and for the mean
    first = lamplit(*ask, "--output", tmp_path / "out.csv")
    median = {row["customer_ref"]: int(row["expected"]) for row in table()}
    lamplit(*ask, "--measure", "mean", "--output", tmp_path / "out.csv")
    mean = {row["customer_ref"]: float(row["expected"]) for row in table()}

    # Then the regulars come about six times, the others do not
    assert first.exit_code == 0, first.output
    assert len(median) == len(mean) == 40
    assert 5 <= median["R3"] <= 7
    assert 5.0 <= mean["R3"] <= 7.0
    assert median["O3"] == 0
    assert 0.0 < mean["O3"] < 0.5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--as-of", "1997-02-30"), "is no day"),
        (("--as-of", "soon"), "is no day"),
        (("--as-of", "1990-01-01"), "Nothing was sold before"),
    ],
)
def test_a_day_that_cannot_be_used_is_refused(sold, lamplit, tmp_path, given, said):
    sold(visits("C1", "TEA", 30, 4))

    result = lamplit("runout", *given, "--output", tmp_path / "out.csv")

    assert result.exit_code != 0
    assert said in result.output
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("weeks", ["0", "-3", "many", "261"])
def test_weeks_that_cannot_be_used_are_refused(lamplit, tmp_path, weeks):
    result = lamplit(
        "purchases", "--as-of", START, "--weeks", weeks, "--output", tmp_path / "out.csv"
    )

    assert result.exit_code == 2
    assert "--weeks" in result.output


def test_a_place_that_cannot_be_written_is_said_at_once(lamplit, tmp_path):
    nowhere = lamplit("runout", "--as-of", START, "--output", tmp_path / "no" / "out.csv")
    folder = lamplit("runout", "--as-of", START, "--output", tmp_path)

    assert "There is no folder" in nowhere.output
    assert "is no file" in folder.output
    assert nowhere.exit_code == folder.exit_code == 2


def test_a_file_is_whole_or_not_there(tmp_path):
    from core.rhythm.forecasts import write_file

    def rows():
        yield (1,)
        raise RuntimeError("the database went away")

    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(RuntimeError):
        write_file(tmp_path / "out.csv", ("a",), rows())

    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "old"
