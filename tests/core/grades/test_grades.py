"""Customers are graded by the rules of the owner, every night; a person may know better."""

from datetime import timedelta
from decimal import Decimal

import pytest

import bus
from bus.jobs import declared_jobs
from core.clock import now, pretending, today
from core.customers.models import Customer, CustomerAlias
from core.customers.resolution import forget_aliases
from core.customers.services import create_customer
from core.db import db, reading
from core.errors import InvalidInput
from core.grades import nightly, queries, services
from core.grades.models import GradeChange
from core.grades.nightly import regrade
from core.grades.rules import Rule, preview
from core.tasks import services as tasks
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task
from core.testing.deals import sell

AMOUNT = Rule(amount_a=Decimal(1000), amount_b=Decimal(300), days=365)


@pytest.fixture
def shop(acting):
    """Customers who bought: 王伟 1,200, 李娜 400, 张强 100, 赵敏 5,000 long ago; 钱进 nothing."""
    ids = {}
    with acting("admin"):
        for number, (name, price, days) in enumerate(
            (("王伟", 1200, 3), ("李娜", 400, 40), ("张强", 100, 5), ("赵敏", 5000, 500))
        ):
            ids[name] = bought(name, price, days, f"G-{number}")
        ids["钱进"] = create_customer("钱进").id
    return ids


def bought(name, price, days, number, customer=None):
    id_ = customer or create_customer(name).id
    sold_on = today() - timedelta(days=days)
    sell(number, Decimal(price) / 10, customer_id=id_, sold_on=sold_on)
    return id_


def save(acting, rule=AMOUNT):
    with acting("admin"):
        services.save_rule(rule)


def grades(app):
    with reading(app):
        return {row.name: row.grade for row in db.session.query(Customer)}


def stages(app):
    with reading(app):
        return {row.name: row.stage for row in db.session.query(Customer)}


def test_before_the_owner_has_set_rules_nobody_is_graded(app, shop) -> None:
    assert regrade(app).graded == 0
    assert set(grades(app).values()) == {""}


def test_by_what_was_bought_in_the_period(app, acting, shop) -> None:
    save(acting)

    tally = regrade(app)

    assert (tally.seen, tally.graded) == (5, 4)
    assert grades(app) == {"王伟": "A", "李娜": "B", "张强": "C", "赵敏": "C", "钱进": ""}


def test_by_the_place_among_all(app, acting, shop) -> None:
    save(acting, Rule(kind="quantile", share_a=33, share_b=33))

    regrade(app)

    assert grades(app) == {"王伟": "A", "李娜": "B", "张强": "C", "赵敏": "C", "钱进": ""}


def test_by_points(app, acting, shop) -> None:
    with acting("admin"):
        for number in range(3):
            bought("王伟", 100, 2, f"P-{number}", shop["王伟"])
    rule = Rule(
        kind="points", recent_3=10, recent_2=60, often_3=4, often_2=2, much_3=Decimal(1000),
        much_2=Decimal(300), points_a=9, points_b=5,
    )  # fmt: skip
    save(acting, rule)

    regrade(app)

    assert grades(app) == {"王伟": "A", "李娜": "B", "张强": "B", "赵敏": "C", "钱进": ""}


@pytest.mark.parametrize("kind", ["amount", "quantile", "points"])
def test_the_preview_counts_what_the_night_does(app, acting, shop, kind) -> None:
    rule = Rule(kind=kind, amount_a=Decimal(1000), amount_b=Decimal(300), share_a=30, share_b=30)
    with reading(app):
        expected = preview(rule)
    save(acting, rule)

    regrade(app)

    with reading(app):
        assert queries.grade_counts() == expected
        assert sum(expected.values()) == 5


def test_a_second_night_changes_nothing(app, acting, shop) -> None:
    save(acting)
    regrade(app)

    tally = regrade(app)

    assert (tally.graded, tally.staged) == (0, 0)
    with reading(app):
        assert db.session.query(GradeChange).filter_by(what="grade").count() == 4


def test_a_night_in_many_pieces_grades_everybody_and_goes_on_where_it_stopped(
    app, acting, shop, monkeypatch
) -> None:
    monkeypatch.setattr(nightly, "_PIECE", 2)
    monkeypatch.setattr(nightly, "_WRITTEN", 1)
    save(acting)
    interrupted = iter(nightly._pieces(app, nightly.measured(app)))
    nightly._grade(app, next(interrupted)[1], nightly.measured(app), nightly.Tally())

    rest = regrade(app)

    assert (rest.seen, rest.graded) == (5, 2)
    assert grades(app) == {"王伟": "A", "李娜": "B", "张强": "C", "赵敏": "C", "钱进": ""}


def test_what_a_person_decides_during_the_night_stays(app, acting, shop) -> None:
    save(acting)
    measure, tally = nightly.measured(app), nightly.Tally()
    [(_seen, rows)] = nightly._pieces(app, measure)
    with acting("admin"):
        services.lock_grade(shop["张强"], "A", "The mayor's brother")

    nightly._grade(app, rows, measure, tally)

    assert (len(rows), tally.graded) == (4, 3)
    assert grades(app)["张强"] == "A"


def test_merged_cards_count_as_one(app, acting, shop) -> None:
    with acting("admin"):
        first, second = bought("孙丽", 600, 9, "M-1"), bought("孙丽", 700, 9, "M-2")
        third = bought("孙丽", 100, 9, "M-3")
        db.session.add(CustomerAlias(alias_id=first, customer_id=second))
        db.session.add(CustomerAlias(alias_id=second, customer_id=third))
        db.session.flush()
        forget_aliases()
    save(acting)

    assert regrade(app).seen == 8

    with reading(app):
        assert db.session.get(Customer, third).grade == "A"
        assert db.session.get(Customer, first).grade == ""
        assert queries.standing(first).amount == Decimal(1400)


def test_a_customer_drops_one_step_and_then_rests(app, acting, shop) -> None:
    save(acting)
    regrade(app)

    later = now() + timedelta(days=400)
    with pretending(later):
        regrade(app)
        assert grades(app)["王伟"] == "B"
        regrade(app)
        assert grades(app)["王伟"] == "B"
    with pretending(later + timedelta(days=31)):
        regrade(app)
    assert grades(app)["王伟"] == "C"


def test_she_rises_at_once(app, acting, shop) -> None:
    save(acting)
    regrade(app)
    with acting("admin"):
        bought("张强", 2000, 0, "R-1", shop["张强"])

    regrade(app)

    assert grades(app)["张强"] == "A"


def test_a_fixed_grade_stays_until_its_day(app, acting, shop) -> None:
    save(acting)
    with acting("admin"):
        until = today() + timedelta(days=10)
        services.lock_grade(shop["张强"], "A", "The mayor's brother", until)
    regrade(app)
    assert grades(app)["张强"] == "A"

    with pretending(now() + timedelta(days=11)):
        regrade(app)

    assert grades(app)["张强"] == "B"


def test_unlocked_the_rules_decide_again(app, acting, shop) -> None:
    save(acting)
    with acting("admin"):
        services.lock_grade(shop["李娜"], "C", "Pays late")
    regrade(app)
    assert grades(app)["李娜"] == "C"

    with acting("admin"):
        services.unlock_grade(shop["李娜"])
    regrade(app)

    assert grades(app)["李娜"] == "B"
    with reading(app):
        told = [(each.after, each.why) for each in queries.changes(shop["李娜"]) if
                each.what == "grade"]  # fmt: skip
        assert told == [("B", "rule"), ("C", "unlocked"), ("C", "locked")]


@pytest.mark.parametrize(
    ("grade", "reason", "days", "field"),
    [("D", "x", 1, "grade"), ("A", " ", 1, "reason"), ("A", "x", -1, "until")],
)
def test_a_grade_is_fixed_with_a_reason_for_a_time_to_come(
    acting, shop, grade, reason, days, field
) -> None:
    with pytest.raises(InvalidInput) as refused, acting("admin"):
        services.lock_grade(shop["李娜"], grade, reason, today() + timedelta(days=days))

    assert field in refused.value.errors


def test_a_change_is_told_and_moves_her_tasks(app, acting, shop) -> None:
    task_kind(TaskKind("testing.call", "Call-back", "core.administer"))
    with acting("admin"):
        tasks.ask("testing.call", "hers", "Call", today(), customer_id=shop["王伟"])
        due = today()
    save(acting)

    regrade(app)

    with reading(app):
        event = bus.events(kind="customers.graded", aggregate_id=shop["王伟"])[0]
        assert (event.payload["before"], event.payload["after"]) == ("", "A")
        assert db.session.query(Task.rank_on).scalar() == due - timedelta(days=6)


def test_stages_follow_the_sales(app, acting, shop) -> None:
    with acting("admin"):
        services.set_stage(shop["钱进"], "possible")

    regrade(app)

    assert stages(app) == {
        "王伟": "existing", "李娜": "existing", "张强": "existing", "赵敏": "lapsed",
        "钱进": "possible",
    }  # fmt: skip
    with acting("admin"):
        bought("赵敏", 1, 0, "S-1", shop["赵敏"])
    regrade(app)
    assert stages(app)["赵敏"] == "existing"
    with pytest.raises(InvalidInput), acting("admin"):
        services.set_stage(shop["赵敏"], "prospect")


def test_rules_that_contradict_themselves_are_refused(acting) -> None:
    for rule, field in (
        (Rule(amount_a=Decimal(1), amount_b=Decimal(1)), "amount_a"),
        (Rule(kind="quantile", share_a=60, share_b=60), "share_b"),
        (Rule(kind="points", points_a=5, points_b=5), "points_a"),
        (Rule(kind="points", recent_3=90, recent_2=30), "recent_3"),
    ):
        with pytest.raises(InvalidInput) as refused, acting("admin"):
            services.save_rule(rule)
        assert field in refused.value.errors


def test_the_job_grades_by_night(app, acting, shop) -> None:
    save(acting)

    with app.app_context():
        declared_jobs["grades.regrade"].work()

    assert grades(app)["王伟"] == "A"
