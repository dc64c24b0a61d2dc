"""Somebody always answers for a complaint: who recorded it, until somebody takes it over."""

import pytest

from core.db import reading
from core.people.queries import person_by_login
from core.people.services import create_person
from modules.service.errors import DoneOnComplaint


@pytest.fixture
def person_id(app):
    """The id of somebody, by login."""

    def find(login):
        with reading(app):
            return str(person_by_login(login).id)

    return find


@pytest.fixture
def lin(acting, api_as):
    """Another person of service."""
    with acting("admin"):
        create_person("lin", "林芳", ["service_member"], password="correct-horse-1")
    return api_as("lin")


def test_it_is_handed_over_warm(delivered, complain, person_id, lin, asked):
    # Given a complaint that somebody recorded
    deal = delivered()
    case = complain(deal)
    assert case.now()["answerable"] == "陈洁"

    # When it is offered to a colleague, one answers for it oneself until it is taken
    case.do("offer", {"person_id": person_id("lin"), "text": "我下周休假"})
    assert (case.now()["answerable"], case.now()["offered"]) == ("陈洁", "林芳")
    assert "service.complaint_offer" in asked(deal, "service")

    # When somebody else wants to take it, it is refused
    stranger = case.do("take-over", {"text": "?"}, by=case.colleague)
    assert (stranger.status_code, stranger.json["code"]) == (409, "offered_to_another")

    # When she takes it over with a word, she answers for it
    case.do("take-over", {"text": "已与陈洁谈过"}, by=lin)
    assert (case.now()["answerable"], case.now()["offered"]) == ("林芳", None)
    assert "service.complaint_offer" not in asked(deal, "service")


def test_it_is_handed_to_people_who_look_after_complaints(delivered, complain, person_id):
    case = complain(delivered())

    refused = case.do("offer", {"person_id": person_id("warehouse"), "text": "?"})

    assert (refused.status_code, refused.json["code"]) == (422, "no_such_person")


def test_a_colleague_of_another_department_is_asked(delivered, complain, person_id, finish):
    # Given a question to somebody of the warehouse
    deal = delivered()
    case = complain(deal)
    question = {"department": "warehouse", "person_id": person_id("warehouse"), "text": "谁装的车?"}
    case.do("ask", question)

    # When he answers it in his inbox
    finish(deal, "service.complaint_report", "是老王装的", by="warehouse")

    # Then the answer stands with the complaint
    last = case.now()["acts"][-1]
    assert (last["act"], last["text"], last["by"]) == ("reported", "是老王装的", "张强")
    assert (case.now()["department"], case.now()["responsible"]) == ("warehouse", "张强")


def test_a_step_is_done_on_the_complaint_and_not_by_a_note(delivered, complain, finish, asked):
    deal = delivered()
    case = complain(deal)

    with pytest.raises(DoneOnComplaint):
        finish(deal, "service.complaint_step", "打过电话了")

    assert asked(deal, "service").count("service.complaint_step") == 1
    case.heard()
    assert asked(deal, "service").count("service.complaint_step") == 1


def test_nothing_is_asked_for_once_it_is_closed(delivered, complain, person_id, asked):
    deal = delivered()
    case = complain(deal).agreed()
    case.do("offer", {"person_id": person_id("admin"), "text": "?"})
    case.do("carried-out", {"text": "已上门"})

    case.do("close", {"verdict": "content", "words": "好"}, by=case.colleague)

    assert [kind for kind in asked(deal, "service") if kind.startswith("service.complaint")] == []


@pytest.mark.parametrize(
    "how", [{"place": "她家里"}, {"day": "2099-01-01"}, {}], ids=["place", "time", "person"]
)
def test_it_is_escalated_by_hand(delivered, complain, person_id, asked, how):
    deal = delivered()
    case = complain(deal)
    how = how or {"person_id": person_id("admin")}

    case.do("escalate", {"text": "电话里说不清", **how})

    last = case.now()["acts"][-1]
    assert last["act"] == "escalated"
    assert set(last["words"].values()) <= {"她家里", "2099-01-01", "周敏"}
    assert "service.complaint_escalation" in asked(deal, "service")


def test_the_other_time_is_not_over(delivered, complain):
    refused = complain(delivered()).do("escalate", {"text": "?", "day": "2020-01-01"})

    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "day")
