"""Two people at one complaint at once: one of them is too late and is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from uuid import UUID

from core.db import unit_of_work
from core.people.queries import person_by_login
from core.people.services import create_person
from core.tasks.errors import TaskClosed
from modules.service.services.complaints import errands
from modules.service.services.complaints.acts import locked
from modules.service.services.complaints.responsibility import ask_colleague


def at_once(*acts):
    """Do all of it in threads of their own, at the same moment."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait(10)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_people_close_it_once(delivered, complain, api, api_as, acting):
    deal = delivered()
    case = complain(deal, holds="none").agreed()
    case.do("carried-out", {"text": "已上门"})
    with acting("admin"):
        create_person("lin", "林芳", ["service_member"], password="correct-horse-1")
    lin = api_as("lin")

    answers = at_once(
        lambda: case.do("close", {"verdict": "content", "words": "好"}, by=case.colleague),
        lambda: case.do("close", {"verdict": "partly", "words": "还行"}, by=lin),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    closed = [act for act in case.now()["acts"] if act["act"] == "closed"]
    assert len(closed) == 1
    told = [each["type"] for each in api.get("bus/events", order=deal.number).json["items"]]
    assert told.count("service.complaint_closed") == 1


def test_two_people_agree_on_it_once(delivered, complain, bus_idle, api):
    deal = delivered(2)
    case = complain(deal).proposed("credit", amount="5.00")

    answers = at_once(
        *(lambda: case.do("answer", {"text": "同意", "agreed": True}) for _each in range(2))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    bus_idle()
    assert api.get(f"deals/{deal.number}").json["owed"] == "15.00"


def test_an_answer_and_an_act_do_not_wait_for_each_other(
    delivered, complain, app, acting, finish, asked
):
    """Whoever finishes a task of a complaint locks the complaint first, as every act does."""
    deal = delivered()
    case = complain(deal)
    with acting("service"):
        ask_colleague(UUID(case.id), "warehouse", person_by_login("warehouse").id, "怎么回事?")
    assert "service.complaint_report" in asked(deal, "service")
    acted = Event()

    def act():
        with unit_of_work(app):
            complaint = locked(UUID(case.id))
            acted.set()
            sleep(0.5)  # meanwhile the other one has begun
            errands.withdraw(complaint, "report")

    def answer():
        acted.wait(10)
        try:
            finish(deal, "service.complaint_report", "摔过", by="warehouse")
        except TaskClosed:
            return "too late"
        return "answered"

    assert at_once(act, answer) == [None, "too late"]
