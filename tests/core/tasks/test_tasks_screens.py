"""The inbox as its person sees it."""

from datetime import timedelta

import pytest

from core.clock import today
from core.customers.services import create_customer
from core.tasks import queries, services
from core.tasks.kinds import TaskKind, task_kind

task_kind(TaskKind("testing.call", "Call-back", "core.administer"))


@pytest.fixture
def task(acting):
    with acting("admin"):
        customer = create_customer("王伟", ["13800138000"]).id
        return services.ask(
            "testing.call", "one", "Is it installed?", today(), customer_id=customer
        )


def state(acting, task):
    with acting("admin"):
        return queries.task(task).task.state


def test_the_inbox_says_what_whom_and_how_to_reach_her(client, task) -> None:
    page = client("admin").get("/tasks").text

    for words in ("Is it installed?", "王伟", "13800138000"):
        assert words in page
    assert "Is it installed?" not in client("admin").get("/tasks?scope=later").text
    assert "Is it installed?" not in client("sales").get("/tasks").text


def test_done_with_a_note_in_the_dialog(client, acting, task) -> None:
    admin = client("admin")

    form = admin.fragment(f"/tasks/{task}/done?back=/tasks?q=ww")
    assert 'value="/tasks?q=ww"' in form.text
    done = admin.post(f"/tasks/{task}/done", data={"note": "All well", "back": "/tasks?q=ww"})

    assert (done.status_code, done.location) == (303, "/tasks?q=ww")
    assert state(acting, task) == "done"
    assert "All well" in admin.get("/tasks?scope=done").text
    assert "All well" in admin.get(f"/tasks/{task}").text


def test_nobody_is_led_to_another_site(client, task) -> None:
    done = client("admin").post(f"/tasks/{task}/done", data={"back": "//evil.example"})

    assert done.location == "/tasks"


def test_postponed_by_a_step_or_to_a_day(client, acting, task) -> None:
    admin = client("admin")

    assert admin.post(f"/tasks/{task}/postpone", data={"days": "3"}).status_code == 303
    with acting("admin"):
        assert queries.task(task).task.due_on == today() + timedelta(days=3)

    with acting("admin"):
        other = today() + timedelta(days=9)
    admin.post(f"/tasks/{task}/postpone", data={"days": "3", "due_on": other.isoformat()})
    with acting("admin"):
        assert queries.task(task).task.due_on == other


@pytest.mark.parametrize(
    "entered", [{}, {"days": "2"}, {"due_on": "2020-01-01"}, {"due_on": "soon"}]
)
def test_a_day_that_cannot_be_meant_is_asked_for_again(client, acting, task, entered) -> None:
    answer = client("admin").post(f"/tasks/{task}/postpone", data={**entered, "note": "kept"})

    assert answer.status_code == 422
    assert "kept" in answer.text
    with acting("admin"):
        assert queries.task(task).task.due_on == today()


def test_a_task_that_somebody_else_did_says_so_and_keeps_the_note(client, acting, task) -> None:
    with acting("admin"):
        services.finish(task, "first")

    answer = client("admin").post(f"/tasks/{task}/done", data={"note": "second"})

    assert answer.status_code == 422
    assert "second" in answer.text


def test_taken_and_handed_back(client, acting, task) -> None:
    admin = client("admin")

    admin.post(f"/tasks/{task}/take")
    assert "Is it installed?" in admin.get("/tasks?scope=mine").text

    admin.post(f"/tasks/{task}/hand-over", data={"owner_id": ""})
    assert "Is it installed?" not in admin.get("/tasks?scope=mine").text
    page = admin.get(f"/tasks/{task}").text
    assert page.count("timeline-mark") == 3


def test_other_departments_get_no_task(client, task) -> None:
    sales = client("sales")

    assert sales.get(f"/tasks/{task}").status_code == 404
    assert sales.post(f"/tasks/{task}/done").status_code == 404
