"""Work that is asked for once, done once, and never silently dropped."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask_babel import force_locale

from core.clock import today
from core.customers.services import create_customer
from core.db import db, reading
from core.errors import Forbidden, InvalidInput
from core.people.queries import person_by_login
from core.registry import switchboard
from core.tasks import queries, services
from core.tasks.errors import TaskClosed, TaskNotFound, WrongOwner
from core.tasks.kinds import TaskKind, task_kind
from core.tasks.models import Task

PERMISSION = "core.administer"


#: A kind of the core's own, so that these stories need no module.
task_kind(TaskKind("testing.call", "Call-back", PERMISSION))


def a_task(acting, key="one", due=0, **more):
    with acting("admin"):
        return services.ask(
            "testing.call", key, "Is it installed?", today() + timedelta(days=due), **more
        )


def inbox(acting, login="admin", scope="today", **query):
    with acting(login):
        return [work.task.unique_key for work in queries.inbox(scope, **query).items]


def test_what_was_asked_once_is_not_asked_again(acting) -> None:
    first = a_task(acting)
    again = a_task(acting, due=5)

    assert first == again
    assert inbox(acting) == ["one"]


def test_many_at_once_count_only_the_new_ones(acting) -> None:
    a_task(acting, "call-7")

    with acting("admin"):
        asks = [
            services.Ask(kind="testing.call", unique_key=f"call-{n}", title="Call", due_on=today())
            for n in range(1100)
        ]
        assert services.ask_many([*asks, asks[3]]) == 1099


def test_the_inbox_shows_what_is_overdue_first(acting) -> None:
    for key, due in (("today", 0), ("late", -3), ("later", 4), ("latest", -9)):
        a_task(acting, key, due)

    assert inbox(acting) == ["latest", "late", "today"]
    assert inbox(acting, scope="later") == ["later"]
    with acting("admin"):
        assert queries.my_open_count() == 3
        assert queries.inbox_counts() == {
            "today": 3, "escalated": 0, "later": 1, "mine": 0, "others": 0, "done": 0,
        }  # fmt: skip
        assert [work.days_late for work in queries.inbox().items] == [9, 3, 0]


def test_the_inbox_continues_by_key(acting) -> None:
    for number in range(7):
        a_task(acting, f"{number}", due=-number)

    seen, after = [], None
    for _page in range(4):
        with acting("admin"):
            page = queries.inbox(limit=2, after=after)
            seen += [work.task.unique_key for work in page.items]
            after = page.next

    assert after is None
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_task_is_done_once_with_what_came_of_it(acting) -> None:
    task = a_task(acting)

    with acting("admin"):
        services.finish(task, " She is happy.\n")
    with pytest.raises(TaskClosed) as refused, acting("admin"):
        services.finish(task, "again")

    assert refused.value.extra["state"] == "done"
    with acting("admin"):
        work = queries.task(task)
        assert (work.task.state, work.task.note) == ("done", "She is happy.")
        assert work.task.closed_by is not None
        assert [act.act for act in queries.acts(task)] == ["done"]
    assert inbox(acting) == []
    assert inbox(acting, scope="done") == ["one"]


def test_what_follows_a_done_task_follows_in_the_same_transaction(acting) -> None:
    told = []
    task_kind(
        TaskKind("testing.told", "Call", PERMISSION, when_done=lambda done: told.append(done.note))
    )
    with acting("admin"):
        task = services.ask("testing.told", "told", "Call", today())

    with acting("admin"):
        services.finish(task, "fine")

    assert told == ["fine"]


def test_postponing_keeps_the_day_before(acting) -> None:
    task = a_task(acting)

    with acting("admin"):
        services.postpone(task, today() + timedelta(days=3), "She is abroad.")

    assert inbox(acting) == []
    assert inbox(acting, scope="later") == ["one"]
    with acting("admin"):
        (act,) = queries.acts(task)
        assert (act.act, act.due_before, act.due_on) == (
            "postponed",
            today(),
            today() + timedelta(days=3),
        )

    with pytest.raises(InvalidInput), acting("admin"):
        services.postpone(task, today() - timedelta(days=1))


def test_taken_and_given_back(acting) -> None:
    task = a_task(acting)

    with acting("admin"):
        services.take(task)
    assert inbox(acting, scope="mine") == ["one"]

    with acting("admin"):
        services.hand_over(task, None, "No time.")
    assert inbox(acting, scope="mine") == []
    assert inbox(acting) == ["one"]


def test_what_a_colleague_has_taken_stays_in_sight_and_can_be_taken_over(acting) -> None:
    with acting("sales"):
        colleague = person_by_login("sales").id
    task = a_task(acting, owner_id=colleague)

    assert inbox(acting) == []
    assert inbox(acting, scope="others") == ["one"]
    assert inbox(acting, "warehouse", scope="others") == []

    with acting("admin"):
        services.take(task)
    assert inbox(acting) == ["one"]
    assert inbox(acting, "sales") == []


def test_work_goes_only_to_who_does_such_work(acting) -> None:
    task = a_task(acting)

    with pytest.raises(WrongOwner), acting("admin"):
        services.hand_over(task, person_by_login("sales").id)
    with pytest.raises(WrongOwner), acting("admin"):
        services.hand_over(task, uuid4())


def test_another_department_neither_sees_nor_does_it(acting) -> None:
    task = a_task(acting)

    assert inbox(acting, "sales") == []
    with pytest.raises(TaskNotFound), acting("sales"):
        queries.task(task)
    with pytest.raises(Forbidden), acting("sales"):
        services.finish(task)


def test_a_task_of_ones_own_needs_no_department(acting) -> None:
    with acting("sales"):
        me = person_by_login("sales").id
    task = a_task(acting, owner_id=me)

    assert inbox(acting, "sales") == ["one"]
    with acting("sales"):
        services.finish(task)


def test_tasks_of_a_module_that_is_off_are_hidden_not_lost(acting) -> None:
    task_kind(TaskKind("testing.service", "Call", PERMISSION, "service"))
    with acting("admin"):
        task = services.ask("testing.service", "one", "Call", today())
    with acting("admin"):
        switchboard.disable("service", "Admin")

    assert inbox(acting) == []
    with pytest.raises(TaskNotFound), acting("admin"):
        queries.task(task)

    with acting("admin"):
        switchboard.enable("service", "Admin")
    assert inbox(acting) == ["one"]


def test_what_is_no_longer_needed_is_withdrawn_with_its_reason(acting) -> None:
    deal, other = uuid4(), uuid4()
    done = a_task(acting, "a:1", deal_id=deal)
    a_task(acting, "a:2", deal_id=deal)
    a_task(acting, "b:1", deal_id=other)
    with acting("admin"):
        services.finish(done)

    with acting("admin"):
        assert services.withdraw("The goods came back.", deal_id=deal) == 1
        assert services.withdraw("The goods came back.", prefix="a:") == 0

    assert inbox(acting) == ["b:1"]
    with acting("admin"):
        states = {
            work.task.unique_key: work.task.state for work in queries.tasks(deal_id=deal).items
        }
        assert states == {"a:1": "done", "a:2": "withdrawn"}
        with pytest.raises(ValueError, match="which tasks"):
            services.withdraw("everything")


def test_the_row_says_whom_to_call(acting) -> None:
    with acting("admin"):
        customer = create_customer("王伟", ["13800138000"]).id
    a_task(acting, customer_id=customer, say="How is the %(product)s?", words={"product": "lamp"})
    a_task(acting, "two")

    with acting("admin"):
        work = queries.inbox(q="ww").items[0]
        assert (work.customer.name, work.customer.phone, work.say) == (
            "王伟",
            "13800138000",
            "王伟，您好。How is the lamp?",
        )
    assert inbox(acting, q="0013") == ["one"]
    with acting("admin"):
        assert [one.task.unique_key for one in queries.open_tasks(customer_id=customer).items] == [
            "one"
        ]


def test_history_is_appended(acting, app) -> None:
    task = a_task(acting)
    with acting("admin"):
        services.postpone(task, today() + timedelta(days=1))
    with acting("admin"):
        services.take(task)
    with acting("admin"):
        services.finish(task)

    with reading(app):
        assert [act.act for act in queries.acts(task)] == ["postponed", "taken", "done"]
        assert db.session.get(Task, task).due_on == today() + timedelta(days=1)
        assert isinstance(db.session.get(Task, task).due_on, date)


def test_two_people_cannot_both_do_it(app, acting) -> None:
    task = a_task(acting)
    start = threading.Barrier(2)

    def do(note: str) -> str:
        start.wait()
        try:
            with acting("admin"):
                services.finish(task, note)
        except TaskClosed:
            return "too late"
        return note

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(do, ["left", "right"]))

    assert outcomes[1] == "too late"
    with reading(app):
        assert db.session.get(Task, task).note == outcomes[0]
        assert [act.act for act in queries.acts(task)] == ["done"]


def test_a_script_begins_with_her_right_name_or_with_none(acting) -> None:
    # Given a manager, and somebody whose surname nobody knows
    with acting("service"):
        manager = create_customer("张伟")
        manager.title = "总"
        cards = [manager.id, create_customer("小红").id]
    for card in cards:
        a_task(acting, str(card), customer_id=card, say="Is it installed?")

    # When the scripts are read in Chinese
    with acting("admin"), force_locale("zh_Hans_CN"):
        said = {work.customer.name: work.say for work in queries.open_tasks().items}

    # Then the one says 张总, and the other no half name
    assert said["张伟"].startswith("张总，您好。")
    assert said["小红"] == "Is it installed?"
