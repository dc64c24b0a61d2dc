"""`lamplit import`: dry run, whole run, again, after a kill."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from core.cli import importing
from core.customers.models import Customer
from core.db import reading, unit_of_work
from core.imports.models import ImportRow

GOOD = "code,name,phone\n" + "".join(f"C{n},Customer {n},1380013{n:04}\n" for n in range(120))
BAD = "code,name,phone\nC1,Ann,12\nC2,,13900139000\n"


@pytest.fixture
def lamplit(app, monkeypatch, tmp_path):
    """Run the command on this test's installation."""
    monkeypatch.setattr(importing, "founded_app", lambda: app)

    def run(text: str, *options: str, kind: str = "customers"):
        path = tmp_path / "given.csv"
        path.write_text(text)
        return CliRunner().invoke(importing.import_file, [kind, str(path), *options])

    return run


def count(app, model) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_dry_run_lists_every_bad_row_and_changes_nothing(app, lamplit) -> None:
    result = lamplit(BAD, "--dry-run")

    assert result.exit_code == 1
    assert "line 2, 电话: " in result.output
    assert "line 3, 名称: " in result.output
    assert "2 of 2 rows must be corrected" in result.output
    assert count(app, Customer) == count(app, ImportRow) == 0


def test_a_dry_run_of_a_good_file_changes_nothing_either(app, lamplit) -> None:
    result = lamplit(GOOD, "--dry-run")

    assert result.exit_code == 0
    assert "120 rows are right" in result.output
    assert count(app, Customer) == count(app, ImportRow) == 0


def test_a_run_says_what_is_new_and_a_second_changes_nothing(app, lamplit) -> None:
    first, second = lamplit(GOOD), lamplit(GOOD)

    assert first.exit_code == second.exit_code == 0, first.output
    assert "120 rows are new, 0 were there already" in first.output
    assert "imported before" in second.output
    assert count(app, Customer) == 120


def test_bad_rows_end_the_run_before_anything_is_written(app, lamplit) -> None:
    result = lamplit(BAD)

    assert result.exit_code == 1
    assert "line 2, 电话: " in result.output
    assert count(app, Customer) == 0


def test_after_a_kill_it_goes_on(app, lamplit) -> None:
    assert lamplit(GOOD).exit_code == 0
    with unit_of_work(app) as session:
        row = session.scalar(select(ImportRow))
        row.state, row.rows_done = "running", 50

    result = lamplit(GOOD)

    assert "Going on after row 50" in result.output
    assert count(app, Customer) == 120


def test_an_unknown_kind_is_answered_with_the_known_ones(lamplit) -> None:
    result = lamplit(GOOD, kind="ships")

    assert result.exit_code == 2
    assert "customers" in result.output
