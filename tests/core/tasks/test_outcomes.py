"""What came of a task is chosen, told to her timeline, and tried again on another day."""

from datetime import timedelta

import pytest

import bus
from core.clock import today
from core.customers.services import create_customer
from core.db import reading
from core.errors import InvalidInput
from core.tasks import queries, services
from core.tasks.kinds import CALL_OUTCOMES, TaskKind, task_kind

task_kind(TaskKind("testing.ask", "Call-back", "core.administer", outcomes=CALL_OUTCOMES))


@pytest.fixture
def customer(acting):
    with acting("admin"):
        return create_customer("王伟", ["13800138000"]).id


@pytest.fixture
def task(acting, customer):
    with acting("admin"):
        return services.ask(
            "testing.ask",
            "one",
            "Is the %(product)s installed?",
            today(),
            customer_id=customer,
            words={"product": "lamp"},
            reason="Bought a %(product)s",
        )


def told(app):
    with reading(app):
        return bus.events(kind="tasks.task_done")


def test_a_finished_task_is_told_to_her_timeline(app, acting, customer, task) -> None:
    with acting("admin"):
        services.finish(task, " Works well. ", "reached")

    (event,) = told(app)
    assert event.aggregate_id == customer
    assert (event.payload["outcome"], event.payload["note"]) == ("reached", "Works well.")
    assert event.payload["words"] == [{"name": "product", "text": "lamp"}]
    with acting("admin"):
        work = queries.task(task)
        assert (work.outcome, work.reason) == ("已联系上", "Bought a lamp")
        assert queries.acts(task)[0].outcome == "reached"


def test_what_is_about_no_customer_is_on_no_timeline(app, acting) -> None:
    with acting("admin"):
        services.finish(services.ask("testing.ask", "two", "Count the lamps", today()))

    assert told(app) == []


def test_an_outcome_that_the_kind_does_not_know_is_refused(acting, task) -> None:
    with pytest.raises(InvalidInput) as refused, acting("admin"):
        services.finish(task, "", "exploded")

    assert "outcome" in refused.value.errors


def test_the_form_asks_what_came_of_it_and_keeps_what_was_typed(client, acting, task) -> None:
    admin = client("admin")

    assert "希望上门" in admin.fragment(f"/tasks/{task}/done").text
    answer = admin.post(f"/tasks/{task}/done", data={"note": "kept"})

    assert answer.status_code == 422
    assert "kept" in answer.text
    assert "请选择结果。" in answer.text


def test_nobody_was_reached_and_it_is_tried_again(app, client, acting, task) -> None:
    sent = {"outcome": "not_reached", "again": "3", "note": "No answer"}

    client("admin").post(f"/tasks/{task}/done", data=sent)

    with acting("admin"):
        work = queries.task(task)
        assert (work.task.state, work.task.due_on) == ("open", today() + timedelta(days=3))
        (act,) = queries.acts(task)
        assert (act.act, act.outcome, act.note) == ("postponed", "not_reached", "No answer")
    assert told(app) == []
    page = client("admin").get(f"/tasks/{task}").text
    assert "未联系上" in page
    assert "No answer" in page


def test_nobody_was_reached_and_it_is_left_at_that(app, client, acting, task) -> None:
    client("admin").post(f"/tasks/{task}/done", data={"outcome": "not_reached", "again": "0"})

    with acting("admin"):
        assert queries.task(task).task.state == "done"
    assert len(told(app)) == 1


def test_a_day_to_try_again_counts_only_when_nobody_was_reached(client, acting, task) -> None:
    client("admin").post(f"/tasks/{task}/done", data={"outcome": "reached", "again": "1"})

    with acting("admin"):
        assert queries.task(task).task.state == "done"
