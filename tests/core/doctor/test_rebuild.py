"""A view is made anew beside the one in use, whatever interrupts it, and taken over at once."""

from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update

import bus
from bus import hearing
from bus.tables import bus_effect
from core.cli import bus as commands
from core.db import reading, unit_of_work
from core.deals.facts import Paid
from core.doctor import progress, takeover, views
from core.doctor import rebuild as rebuilding
from core.doctor.kept import Asked
from core.doctor.nightly import compare_all, last_checks
from core.ids import new_id
from core.registry import switchboard
from core.write_lock import only_one
from modules.finance.models import Receivable, ReceivableDue


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def module(app):
    """Finance, as it is installed."""
    with app.app_context():
        return switchboard.installed()["finance"]


@pytest.fixture
def rebuild(app, module, tmp_path):
    """Rebuild finance's views; returns how many rows of each table were put right."""

    def run() -> dict[str, int]:
        changes = rebuilding.rebuild(app, module, tmp_path / "rebuild")
        return {change.table.name: change.count for change in changes}

    return run


def damage(app):
    """Change one receivable by hand, lose another, and invent a step."""
    with unit_of_work(app) as session:
        first, second = session.scalars(select(Receivable).order_by(Receivable.number).limit(2))
        first.owed, invented = Decimal("7.77"), {"amount": Decimal(1), "open": Decimal(0)}
        session.add(ReceivableDue(deal_id=first.deal_id, position=99, **invented))
        session.flush()
        session.execute(delete(ReceivableDue).where(ReceivableDue.deal_id == second.deal_id))
        session.execute(delete(Receivable).where(Receivable.deal_id == second.deal_id))


def is_right(app) -> bool:
    with reading(app):
        return all(each.difference is None for each in views.compare(app, "finance"))


@pytest.fixture
def trading(busy, a_deal, bus_idle):
    """A company with several orders that finance knows of."""
    for quantity in (2, 3, 4):
        a_deal(quantity)
    bus_idle()


def test_what_is_right_is_left_alone(trading, rebuild):
    assert rebuild() == {"finance_receivable": 0, "finance_receivable_due": 0}


def test_what_was_damaged_is_put_right(app, trading, rebuild, doctor):
    damage(app)
    assert not is_right(app)

    found = rebuild()

    assert found["finance_receivable"] == 2
    assert found["finance_receivable_due"] >= 1
    assert doctor() == (True, "ok")
    assert rebuild() == {"finance_receivable": 0, "finance_receivable_due": 0}


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_killed_while_it_tells_the_log_it_goes_on_from_there(
    app, trading, rebuild, monkeypatch, moment
):
    damage(app)
    monkeypatch.setattr(hearing, "PAGE", 2)
    told, note = [], progress.note

    def die(session, end, unheard):
        told.append(end)
        if len(told) == moment:
            raise Killed
        note(session, end, unheard)

    monkeypatch.setattr(progress, "note", die)
    with pytest.raises(Killed):
        rebuild()
    assert not is_right(app)  # the old view is served until the end

    rebuild()

    assert told.count(told[0]) == (2 if moment == 1 else 1)
    assert is_right(app)


def test_killed_while_it_takes_over_nothing_is_half_done(app, trading, rebuild, monkeypatch):
    damage(app)

    def die(_change):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "_write", die)
        with pytest.raises(Killed):
            rebuild()
    with reading(app) as session:
        assert session.scalar(select(func.count()).where(ReceivableDue.position == 99)) == 1

    rebuild()

    assert is_right(app)


def test_what_happens_meanwhile_is_in_it(
    app, trading, rebuild, a_deal, bus_idle, monkeypatch, doctor
):
    # Between the telling and the take-over the company sells, and finance hears of a part of it.
    hear_all = rebuilding._hear_all

    def hear_and_trade(*given):
        hear_all(*given)
        a_deal(5)
        bus_idle()
        a_deal(6)

    damage(app)
    monkeypatch.setattr(rebuilding, "_hear_all", hear_and_trade)
    rebuild()

    assert doctor() == (True, "ok")
    bus_idle()
    assert doctor() == (True, "ok")


def test_what_came_late_is_told_late(app, trading, rebuild, a_deal, bus_idle, monkeypatch, doctor):
    # Given a deal that finance has not heard of, and a rebuild that is interrupted behind it
    a_deal(7)
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "take_over", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            rebuild()

    # When finance hears of it before the rebuild goes on
    bus_idle()

    # Then the shadow hears of it, too: nothing differs
    assert rebuild() == {"finance_receivable": 0, "finance_receivable_due": 0}
    assert doctor() == (True, "ok")


def test_other_code_begins_anew(app, trading, rebuild, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "take_over", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            rebuild()
    begun, begin = [], progress.begin

    def note_begin(session, code):
        begun.append(code)
        begin(session, code)

    monkeypatch.setattr(progress, "begin", note_begin)
    monkeypatch.setattr(progress, "code_of", lambda _module: "another version")

    rebuild()

    assert begun == ["another version"]


def test_two_at_once_are_refused(app, trading, module, tmp_path):
    folder = tmp_path / "rebuild"
    folder.mkdir()
    with only_one(folder / "finance.lock"), pytest.raises(rebuilding.RebuildUnderWay):
        rebuilding.rebuild(app, module, folder)


def test_nothing_leaves_the_house(app, trading, rebuild):
    rebuild()

    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(bus_effect)) == 0


def test_the_commands_say_what_is_wrong_and_put_it_right(app, trading, settings, monkeypatch):
    monkeypatch.setattr(commands, "founded_app", lambda: app)
    monkeypatch.setenv("LAMPLIT_HOME", str(settings.home))
    damage(app)

    def lamplit(*arguments):
        done = CliRunner().invoke(commands.bus_group, arguments)
        return done.output, done.exit_code

    said, code = lamplit("compare")
    assert code == 1
    assert "finance_receivable              DIFFERENT" in said
    assert "owed: stored 7.77, from the log" in said
    assert "lamplit bus rebuild" in said

    said, code = lamplit("rebuild", "finance")
    assert code == 0
    assert "2 put right" in said

    said, code = lamplit("compare", "finance")
    assert code == 0
    assert "DIFFERENT" not in said
    assert lamplit("rebuild", "fnance")[1] == 2


def test_every_night_the_views_are_compared(app, trading):
    with unit_of_work(app) as session:
        session.execute(update(Receivable).values(owed=Decimal("7.77")))

    compare_all(app)

    with reading(app):
        found = {each.module: each for each in last_checks()}
        assert not found["finance"].is_sound
        assert "finance_receivable" in found["finance"].difference
        assert found["warehouse"].is_sound
        assert found["finance"].rows >= 4


def test_the_night_job_is_one_of_the_companys(app):
    assert "doctor.compare" in bus.jobs.declared_jobs


def acts(app):
    with reading(app):
        return [(act.what, act.subscriber, act.who, act.why) for act in bus.acts()]


def test_it_is_kept_who_rebuilt_why_and_what_came_of_it(app, trading, module, tmp_path):
    damage(app)

    rebuilding.rebuild(app, module, tmp_path, asked=Asked("li", "figures looked odd"))

    (rebuilt, began) = acts(app)
    assert began == ("rebuild", "finance", "li", "figures looked odd")
    assert rebuilt[:3] == ("rebuilt", "finance", "li")
    assert rebuilt[3].startswith("finance_receivable 2 / ")


def test_it_is_kept_that_it_failed(app, trading, module, tmp_path, monkeypatch):
    monkeypatch.setattr(takeover, "_write", lambda _change: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        rebuilding.rebuild(app, module, tmp_path, asked=Asked("li"))

    assert acts(app)[0] == (
        "rebuild_failed",
        "finance",
        "li",
        "ZeroDivisionError: division by zero",
    )


def test_the_acts_are_shown_with_their_outcome(app, client, trading, rebuild):
    rebuild()

    page = client("admin").get("/bus").text

    assert "finance_receivable 0 / " in page
    assert "rebuild_failed" not in page


def test_what_comes_late_is_told_before_what_follows_upon_it(
    app, module, tmp_path, acting, a_deal, bus_idle, monkeypatch
):
    # Given a sale and its payment that have not come to finance, read one event at a time
    deal = a_deal(2)
    with acting("finance"):
        bus.publish(deal.fact(Paid, payment_id=new_id(), amount=deal.amount, method="cash"))
    monkeypatch.setattr(hearing, "PAGE", 1)
    stretches = []

    def show(told: int, _end: int) -> None:
        stretches.append(told)
        bus_idle()  # both come while the views are made anew, after the first was passed over

    # When the views are made anew meanwhile
    rebuilding.rebuild(app, module, tmp_path / "rebuild", show=show)

    # Then the payment was not told of a sale that nobody had heard of
    assert len(stretches) > 1
    assert is_right(app)
