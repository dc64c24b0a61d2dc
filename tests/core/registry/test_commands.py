"""The command `lamplit` as an administrator types it: it works, or says plainly what is wrong."""

import os
import socket
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from core.cli import main
from core.config import Settings
from core.testing.clients import ApiClient


@pytest.fixture
def surroundings(settings):
    """The environment of a command that works on this test's installation."""
    return {
        "LAMPLIT_HOME": str(settings.home),
        "LAMPLIT_DATABASE_URL": settings.database_url,
        "LAMPLIT_REDIS_URL": settings.redis_url,
    }


def lamplit(surroundings, *arguments):
    """Run the command in a process of its own."""
    code = f"from {main.__module__} import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **surroundings},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_module_switched_by_command_catches_up_by_itself(app, api, surroundings, a_deal):
    # Given finance switched off by a command, while the web program runs
    off = lamplit(surroundings, "modules", "disable", "finance")
    assert off.returncode == 0, off.stderr
    assert api.get("finance/receivables").json["code"] == "module_off"

    # When orders come in and a command switches it on, with no worker anywhere
    numbers = {a_deal(2).number, a_deal(3).number}
    on = lamplit(surroundings, "modules", "enable", "finance")
    assert (on.returncode, on.stderr) == (0, "")
    assert "caught up" in on.stdout

    # Then it has heard of all of them
    owing = ApiClient(app, "finance").get("finance/receivables").json["items"]
    assert {each["order"] for each in owing} == numbers
    stands = {each["name"]: each for each in api.get("modules").json["items"]}["finance"]
    assert (stands["state"], stands["waiting"]) == ("enabled", 0)


def test_a_module_that_is_not_there_is_a_sentence(app, surroundings):
    for switch in ("enable", "disable"):
        done = lamplit(surroundings, "modules", switch, "nothing")

        assert done.returncode == 1
        assert "There is no module 'nothing'. Choose one of: " in done.stderr


@pytest.mark.sqlite_only
def test_a_port_that_is_taken_is_a_sentence(app, surroundings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = lamplit({**surroundings, "LAMPLIT_PORT": port}, "run")

    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "LAMPLIT_PORT" in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_a_sentence(monkeypatch, port):
    from core.errors import SetupError

    monkeypatch.setenv("LAMPLIT_PORT", port)

    with pytest.raises(SetupError, match="from 1 to 65535"):
        Settings.from_environment()


@pytest.mark.sqlite_only
def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path):
    # A file stands where the folder should be: not even root can write into it.
    home = tmp_path / "home"
    home.write_text("not a folder")

    done = lamplit({"LAMPLIT_HOME": str(home), "LAMPLIT_DATABASE_URL": ""}, "doctor")

    assert done.returncode == 1
    assert str(home) in done.stderr
    assert "LAMPLIT_HOME" in done.stderr


def test_a_database_newer_than_the_program_is_a_sentence(app, settings, surroundings):
    engine = create_engine(settings.url)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version_finance set version_num = 'finance_9999'"))
    engine.dispose()

    done = lamplit(surroundings, "doctor")

    assert done.returncode == 1
    assert "finance is at finance_9999" in done.stderr
    assert "newer" in done.stderr


@pytest.mark.postgresql_only
def test_a_database_that_is_away_is_a_sentence(app, surroundings):
    away = {**surroundings, "LAMPLIT_DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/none"}

    done = lamplit(away, "doctor")

    assert done.returncode == 1
    assert "LAMPLIT_DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.sqlite_only
def test_a_company_that_is_not_there_yet_is_a_sentence(tmp_path):
    done = lamplit({"LAMPLIT_HOME": str(tmp_path), "LAMPLIT_DATABASE_URL": ""}, "doctor")

    assert done.returncode == 1
    assert "lamplit init" in done.stderr
