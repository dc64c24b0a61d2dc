"""She is asked once; praise is passed on, and who is not content is not left alone."""

from datetime import timedelta

import time_machine

from core.clock import now


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
