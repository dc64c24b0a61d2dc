"""`lamplit import`: dry run, whole run, again, after a kill."""

import pytest
from click import ClickException
from click.testing import CliRunner
from sqlalchemy import func, select

from core import cli
from core.cli import importing
from core.customers.models import Customer
from core.db import DatabaseBusy, reading, unit_of_work
from core.imports import terminal
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


def test_a_file_that_another_terminal_takes_in_is_refused(app, lamplit, monkeypatch) -> None:
    # Given a terminal that takes a file in, when a second one is told to do the same meanwhile
    second = []

    def meanwhile(*_args):
        second.append((lamplit(GOOD), count(app, Customer)))

    monkeypatch.setattr(terminal, "_check", meanwhile)
    lamplit(GOOD)

    # Then that one says so, and has changed nothing
    [(refused, customers)] = second
    assert refused.exit_code == 1
    assert "Another terminal imports this file already" in refused.output
    assert customers == 0
    assert count(app, Customer) == 120


def test_on_a_server_a_terminal_of_another_host_counts_too(app, tmp_path, monkeypatch) -> None:
    with app.app_context():
        if terminal.db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite has one host")
        with terminal._alone("customers", "0"):
            monkeypatch.setattr(terminal.shelf, "folder", lambda: tmp_path)
            with pytest.raises(ClickException), terminal._alone("customers", "0"):
                pass
        with terminal._alone("customers", "0"):
            pass


def test_a_busy_database_is_a_sentence_and_a_failure(app, monkeypatch) -> None:
    def busy():
        raise DatabaseBusy("another process kept the database for 30 s")

    monkeypatch.setattr(terminal.bus, "drain_all", busy)
    with app.app_context(), pytest.raises(DatabaseBusy):
        terminal._Draining().go_on(5.0)

    monkeypatch.setattr(cli, "cli", lambda **_named: busy())
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert "The database is busy" in str(ended.value)


def test_an_unknown_kind_is_answered_with_the_known_ones(lamplit) -> None:
    result = lamplit(GOOD, kind="ships")

    assert result.exit_code == 2
    assert "customers" in result.output
