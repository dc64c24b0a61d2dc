"""The summaries of the deals are folded anew from the log; the entries are records."""

from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update

import bus
from core.cli import bus as commands
from core.db import reading, unit_of_work
from core.deals.models import Deal, DealConcern, DealDue, DealEntry, DealLine
from core.doctor import refolding
from core.doctor.kept import Asked


@pytest.fixture
def trading(busy, a_deal, bus_idle):
    """A company with several orders."""
    for quantity in (2, 3, 4):
        a_deal(quantity)
    bus_idle()


@pytest.fixture
def rebuild(app):
    """Fold all deals anew; returns how many rows of each table were put right."""

    def run() -> dict[str, int]:
        changes = refolding.rebuild_deals(app, asked=Asked("li", "looked odd"))
        return {change.table.name: change.count for change in changes}

    return run


def test_what_is_right_is_left_alone(trading, rebuild):
    assert set(rebuild().values()) == {0}


def test_a_damaged_row_is_put_right(app, trading, rebuild, doctor):
    # Given a figure changed by hand, a line lost, a due invented and a concern settled
    with unit_of_work(app) as session:
        first, second = session.scalars(select(Deal).order_by(Deal.number).limit(2)).all()
        first.owed = Decimal("7.77")
        session.add(DealDue(deal_id=first.id, position=99, amount=Decimal(1), kind="balance"))
        session.flush()
        session.execute(delete(DealLine).where(DealLine.deal_id == second.id))
        session.execute(update(DealConcern).values(text="quite content"))
    assert not doctor()[0]

    found = rebuild()

    assert doctor() == (True, "ok")
    assert (found["core_deal"], found["core_deal_line"]) == (1, 1)
    assert (found["core_deal_due"], found["core_deal_concern"]) == (1, 1)
    with reading(app):
        done, began = bus.acts()
    assert (began.what, began.subscriber, began.who, began.why) == (
        "rebuild", "deals", "li", "looked odd",
    )  # fmt: skip
    assert done.what == "rebuilt"
    assert "core_deal 1 / 4" in done.why


def test_a_lost_deal_is_opened_again_with_its_entries(app, trading, rebuild, doctor):
    with unit_of_work(app) as session:
        lost = session.scalars(select(Deal.id).order_by(Deal.number).limit(1)).one()
        for model in (DealEntry, DealConcern, DealDue, DealLine):
            session.execute(delete(model).where(model.deal_id == lost))
        session.execute(delete(Deal).where(Deal.id == lost))
    assert not doctor()[0]

    assert rebuild()["core_deal"] == 1

    assert doctor() == (True, "ok")


def test_entries_are_never_changed(app, trading, rebuild, doctor):
    with unit_of_work(app) as session:
        session.execute(update(DealEntry).values(document="forged"))

    assert rebuild()["core_deal_entry"] == 0

    sound, said = doctor()
    assert not sound
    assert "core_deal_entry" in said


def test_each_chunk_is_a_transaction_of_its_own(app, trading, rebuild, doctor, monkeypatch):
    # Given all deals damaged, one deal to a chunk, and a fault in the third
    with unit_of_work(app) as session:
        session.execute(update(Deal).values(owed=Decimal("7.77")))
    monkeypatch.setattr(refolding, "CHUNK", 1)
    put_right, calls = refolding.put_right, []

    def fail_at_third(changes):
        calls.append(changes)
        if len(calls) == 3:
            raise OSError("disk full")
        put_right(changes)

    with monkeypatch.context() as patch:
        patch.setattr(refolding, "put_right", fail_at_third)
        with pytest.raises(OSError, match="disk full"):
            rebuild()

    # Then the first two are right, the failure is kept, and the rest follows
    with reading(app):
        assert bus.acts()[0].what == "rebuild_failed"
    assert rebuild()["core_deal"] == 2
    assert doctor() == (True, "ok")


def test_the_command_does_it(app, trading, monkeypatch):
    monkeypatch.setattr(commands, "founded_app", lambda: app)
    with unit_of_work(app) as session:
        session.execute(update(Deal).values(owed=Decimal("7.77")))

    done = CliRunner().invoke(commands.bus_group, ["rebuild", "deals", "--why", "an error"])

    assert done.exit_code == 0, done.output
    assert "core_deal " in done.output
    assert "4 put right" in done.output
    with reading(app):
        done, began = bus.acts()
    assert began.why == "an error"
    assert began.who
