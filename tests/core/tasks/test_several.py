"""Several tasks are taken or handed over at once: all of them, or none."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.clock import today
from core.errors import Forbidden, InvalidInput
from core.people.queries import person_by_login
from core.tasks import queries, services
from core.tasks.errors import NothingChosen, TaskClosed, WrongOwner
from core.tasks.kinds import TaskKind, task_kind

task_kind(TaskKind("testing.call", "Call-back", "core.administer"))
task_kind(TaskKind("testing.service", "Call", "service.work"))


@pytest.fixture
def tasks(acting):
    with acting("admin"):
        return [
            services.ask("testing.service", key, f"Call {key}", today() + timedelta(days=days))
            for days, key in enumerate(("one", "two", "three"))
        ]


def owners(acting, tasks):
    with acting("admin"):
        return [queries.task(each).task.owner_id for each in tasks]


def who(acting, login):
    with acting("admin"):
        return person_by_login(login).id


def test_taken_together(acting, tasks) -> None:
    with acting("service"):
        assert services.take_many([*tasks, tasks[0]]) == 3

    assert owners(acting, tasks) == [who(acting, "service")] * 3
    with acting("service"):
        services.take_many(tasks)  # taking what is one's own already writes nothing
        assert [len(queries.acts(each)) for each in tasks] == [1, 1, 1]


def test_one_that_cannot_be_taken_leaves_all_untaken(acting, client, tasks) -> None:
    with acting("admin"):
        services.finish(tasks[2])

    with pytest.raises(TaskClosed), acting("service"):
        services.take_many(tasks)
    answer = client("service").post("/tasks/take", data={"tasks": [str(each) for each in tasks]})

    assert answer.status_code == 303
    assert owners(acting, tasks) == [None] * 3


def test_a_head_hands_over_what_an_absent_colleague_has_taken(acting, client, tasks) -> None:
    with acting("service"):
        services.take_many(tasks)
    admin = client("admin")
    sent = {"tasks": [str(each) for each in tasks], "owner_id": str(who(acting, "admin"))}

    page = admin.get("/tasks/hand-over?" + "&".join(f"tasks={each}" for each in tasks)).text
    assert all(words in page for words in ("Call one", "Call two", "Call three", "陈洁"))
    admin.post("/tasks/hand-over", data={**sent, "note": "陈洁 is ill"})

    assert owners(acting, tasks) == [who(acting, "admin")] * 3
    with acting("admin"):
        assert queries.acts(tasks[0])[-1].note == "陈洁 is ill"


def test_nobody_gets_work_that_he_does_not_do(acting, client, tasks) -> None:
    sales = who(acting, "sales")

    with pytest.raises(WrongOwner), acting("admin"):
        services.hand_over_many(tasks, sales)
    sent = {"tasks": [str(each) for each in tasks], "owner_id": str(sales), "note": "kept"}
    answer = client("admin").post("/tasks/hand-over", data=sent)

    assert answer.status_code == 422
    assert "kept" in answer.text
    assert owners(acting, tasks) == [None] * 3


def test_only_who_does_all_of_the_work_is_offered(acting, tasks) -> None:
    service = who(acting, "service")

    with acting("admin"):
        mixed = services.ask("testing.call", "mixed", "Call", today())
        works = [queries.task(tasks[0]), queries.task(mixed)]

        assert service in [id_ for id_, _name in queries.who_could(works[0])]
        assert service not in [id_ for id_, _name in queries.who_could(*works)]


def test_nothing_ticked_is_said(acting, client) -> None:
    with pytest.raises(NothingChosen), acting("admin"):
        services.take_many([])
    admin = client("admin")

    assert admin.post("/tasks/take").status_code == 303
    assert admin.get("/tasks/hand-over").status_code == 303
    assert "请先勾选任务。" in admin.get("/tasks").text


def test_too_many_are_refused(acting) -> None:
    with pytest.raises(InvalidInput), acting("admin"):
        services.take_many([uuid4() for _number in range(201)])


def test_another_department_takes_nothing(acting, tasks) -> None:
    with pytest.raises(Forbidden), acting("sales"):
        services.take_many(tasks)
