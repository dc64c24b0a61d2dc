"""She is asked once; praise is passed on, and who is not content is not left alone."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from core.clock import now
from core.db import db, reading
from core.people.identity import person_by_id
from core.tasks.models import Task


def test_opening_the_link_answers_nothing_and_one_click_does(visitor, link, api_as):
    _deal, path = link()
    assert visitor.get(path).status_code == 200
    assert api_as("service").get("service/feedback").json["items"] == []

    answered = visitor.post(path, data={"score": "5", "text": "师傅很准时"})

    assert answered.status_code == 200
    kept = api_as("service").get("service/feedback").json["items"]
    assert [(one["score"], one["text"]) for one in kept] == [(5, "师傅很准时")]
    praise = [one["title"] for one in api_as("service").get("tasks").json["items"]]
    assert len(praise) == 1


def test_a_low_score_opens_one_complaint_however_often_she_answers(visitor, link, api_as):
    deal, path = link()

    visitor.post(path, data={"score": "1", "text": "一直没人回电"})
    assert "一直没人回电" in visitor.get(path).text  # to be amended
    visitor.post(path, data={"score": "2", "text": "一直没人回电"})

    complaints = api_as("service").get("service/complaints", order=deal.number).json["items"]
    assert len(complaints) == 1
    assert "一直没人回电" in complaints[0]["text"]
    kept = api_as("service").get("service/feedback").json["items"]
    assert [(one["score"], one["complaint_id"]) for one in kept] == [(2, complaints[0]["id"])]


def test_a_complaint_by_a_low_score_is_the_departments_until_somebody_takes_it(
    app, visitor, link, api_as, client
):
    # Given somebody of service who has given her the link, and a low score
    deal, path = link()
    visitor.post(path, data={"score": "1", "text": "态度很差"})

    # Then nobody answers for the complaint yet, and its task is everybody's in service.
    service = api_as("service")
    (complaint,) = service.get("service/complaints", order=deal.number).json["items"]
    assert (complaint["answerable"], complaint["opened_by"]) == (None, None)
    assert _owners(app) == [None]
    page = client("service").get(f"/service/complaints/{complaint['id']}").text
    assert "还没有人：请接手。" in page
    assert "由她的评价引起" in page

    # When somebody takes it over
    taken = service.post(f"service/complaints/{complaint['id']}/take-over", {"text": "我来"}).json

    # Then she answers for it, and has its task.
    assert taken["answerable"]
    (owner,) = _owners(app)
    with reading(app):
        assert person_by_id(owner).name == taken["answerable"]


def _owners(app):
    """Whose the open steps of complaints are."""
    step = (Task.kind == "service.complaint_step", Task.state == "open")
    with reading(app):
        return list(db.session.scalars(select(Task.owner_id).where(*step)))


def test_an_answer_stands_after_a_day(app, visitor, link, api_as):
    _deal, path = link()
    visitor.post(path, data={"score": "4"})
    with app.app_context():
        later = now() + timedelta(days=2)

    with time_machine.travel(later, tick=True):
        refused = visitor.post(path, data={"score": "1"})
        kept = api_as("service").get("service/feedback").json["items"]

    assert refused.status_code == 409
    assert [one["score"] for one in kept] == [4]


def test_a_stranger_learns_nothing_and_is_slowed_down(visitor, link):
    _deal, path = link()

    assert visitor.get("/f/guessed").status_code == 404
    assert visitor.post(path, data={"score": "9"}).status_code == 422
    assert visitor.post("/f/guessed", data={"score": "1"}).status_code == 404
    answers = [visitor.post(path, data={"score": "4"}).status_code for _ in range(11)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_the_screens_show_what_was_said(client, visitor, link):
    deal, path = link(asks_nps=True)
    visitor.post(path, data={"score": "3", "nps": "7", "text": "还行"})
    browser = client("service")

    assert "还行" in browser.get("/service/feedback").text
    made = browser.post(f"/service/feedback/links/{deal.customer_id}")
    assert "/f/" in browser.get(made.location).text


def test_with_service_off_the_page_is_gone(visitor, link, api):
    _deal, path = link()
    api.post("modules/service/disable", {})

    assert visitor.get(path).status_code == 404
