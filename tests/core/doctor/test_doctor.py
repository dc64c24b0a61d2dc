"""Doctor tells figures, says ok, and does not call damage what is only waiting."""

from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from core.cli import data
from core.db import unit_of_work
from core.deals.models import Deal
from core.doctor import examine


@pytest.fixture
def lamplit_doctor(app, monkeypatch):
    """Run the command on this test's installation: what it prints, and its exit code."""
    monkeypatch.setattr(data, "founded_app", lambda: app)

    def run() -> tuple[list[str], int]:
        done = CliRunner().invoke(data.doctor)
        return done.output.splitlines(), done.exit_code

    return run


def test_an_empty_company_is_sound(app):
    assert examine(app).lines == ["deals 0", "ok"]


def test_the_command_prints_the_figures_and_then_the_damage(app, busy, lamplit_doctor):
    # Given a company that sold for 300 and was paid 80
    sound = ["deals 1", "ordered 400.00 CNY", "owed 220.00 CNY", "ok"]
    assert lamplit_doctor() == (sound, 0)

    # When somebody changes what is owed by hand
    with unit_of_work(app) as session:
        session.execute(update(Deal).values(owed=Decimal("1.00")))

    # Then it says which row, what stands there and what the log says, and ends with 1
    lines, code = lamplit_doctor()
    assert code == 1
    assert "ok" not in lines
    assert lines[-1].startswith(f"different: core_deal of {busy} ")
    assert "1.00" in lines[-1]
    assert "220.00" in lines[-1]


def test_what_a_department_has_not_heard_yet_is_no_damage(app, busy, doctor, a_deal):
    # Given sales that no department has heard of
    a_deal(2)
    a_deal(3)

    # Then nothing is wrong: the deals are there, and the views are as far as they are
    assert doctor() == (True, "ok")


def test_a_module_that_is_off_is_behind_and_not_damaged(api, busy, doctor, bus_idle, a_deal):
    # Given finance and the warehouse off while the company goes on
    for module in ("finance", "warehouse"):
        api.post(f"modules/{module}/disable")
    a_deal(2)
    bus_idle()
    assert doctor() == (True, "ok")

    # When they are on again and have heard of everything
    for module in ("finance", "warehouse"):
        api.post(f"modules/{module}/enable")
    assert doctor() == (True, "ok")  # also in the middle of it
    bus_idle()

    # Then they are sound, too
    assert doctor() == (True, "ok")


def test_damage_in_a_module_that_is_off_is_found(app, api, busy, doctor):
    from modules.finance.models import Receivable

    api.post("modules/finance/disable")
    with unit_of_work(app) as session:
        session.execute(update(Receivable).values(owed=Decimal("7.00")))

    sound, said = doctor()
    assert not sound
    assert said.startswith("different: finance_receivable ")


def test_doctor_changes_nothing(app, busy, api):
    before = (api.get(f"deals/{busy}").json, api.get("bus/events", limit=200).json)

    assert examine(app).healthy

    assert (api.get(f"deals/{busy}").json, api.get("bus/events", limit=200).json) == before
