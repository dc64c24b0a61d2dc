"""What nobody does is passed up to the head of such work: once, and never twice."""

from datetime import timedelta

import pytest

from bus.jobs import declared_jobs
from core.clock import now, pretending, today
from core.db import db, reading, unit_of_work
from core.people.queries import person_by_login
from core.tasks import queries, services
from core.tasks.escalation import pass_up
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task, TaskAct

#: Worked on by warehouse; its head here is whoever leads service.
KIND = "testing.passed_up"


@pytest.fixture
def late(acting):
    task_kind(
        TaskKind(KIND, "Call", "warehouse.work", escalates_after=5, escalates_to="service.lead")
    )
    with acting("admin"):
        for key, days in (("long ago", 9), ("five days", 5), ("four days", 4), ("today", 0)):
            services.ask(KIND, key, "Call", today() - timedelta(days=days))


def keys(acting, login, scope):
    with acting(login):
        return [work.task.unique_key for work in queries.inbox(scope).items]


def passed(app):
    with unit_of_work(app):
        return pass_up()


def acts(app):
    with reading(app):
        return [act.act for act in db.session.query(TaskAct)]


def test_only_what_is_late_enough_is_passed_up_and_only_once(app, acting, late) -> None:
    assert passed(app) == 2
    assert passed(app) == 0

    assert keys(acting, "service", "escalated") == ["long ago", "five days"]
    assert acts(app) == ["escalated", "escalated"]
    assert keys(acting, "sales", "escalated") == []


def test_the_head_finds_it_among_todays_work_and_does_it(app, acting, client, late) -> None:
    passed(app)

    assert keys(acting, "service", "today") == ["long ago", "five days"]
    page = client("service").get("/tasks").text
    assert "上报给我的" in page
    with acting("service"):
        work = queries.inbox("escalated").items[0]
        services.finish(work.id, "Called myself")
    assert keys(acting, "service", "escalated") == ["five days"]


def test_the_head_sees_nothing_of_it_before(acting, late) -> None:
    assert keys(acting, "service", "today") == []


def test_a_postponed_task_is_passed_up_again_when_it_is_late_again(app, acting, late) -> None:
    passed(app)
    with acting("service"):
        task = queries.inbox("escalated").items[0].id
        services.postpone(task, today())
    assert passed(app) == 0

    with pretending(now() + timedelta(days=6)), acting("admin"):
        assert pass_up() == 3
    with reading(app):
        assert [act.act for act in queries.acts(task)] == ["escalated", "postponed", "escalated"]


def test_what_a_colleague_has_taken_is_passed_up_too(app, acting, late) -> None:
    with acting("admin"):
        holder = person_by_login("warehouse").id
        db.session.query(Task).update({"owner_id": holder})

    passed(app)

    assert keys(acting, "service", "escalated") == ["long ago", "five days"]
    assert set(keys(acting, "warehouse", "mine")) == {
        "long ago", "five days", "four days", "today"
    }  # fmt: skip


def test_the_job_passes_up_everything_after_a_week_of_silence(app, acting, late) -> None:
    with app.app_context(), pretending(now() + timedelta(days=30)):
        declared_jobs["tasks.escalate"].work()

    assert acts(app) == ["escalated"] * 4
