"""She is asked by herself how content she is; what all say together is reckoned in the database."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bus import publish
from core.clock import now, pretending
from core.customers.merging import merge
from core.customers.models import Customer
from core.customers.services import create_customer
from core.db import db, reading, unit_of_work
from core.ids import new_id
from core.messages.models import Message, MessageSettings
from modules.service.events import ComplaintClosed
from modules.service.models import Feedback, FeedbackLink, FeedbackVersion
from modules.service.queries.feedback import by_month, by_person, nps


@pytest.fixture
def reachable(app):
    """Customers can reach us, and messages go out at any hour."""
    with unit_of_work(app):
        row = MessageSettings(id=1, public_url="https://erp.example", opens=0, closes=24)
        db.session.add(row)


def _praise(api_as):
    every = api_as("service").get("tasks").json["items"]
    return [one for one in every if one["kind"] == "service.praise"]


def test_the_same_answer_sent_twice_changes_nothing(app, visitor, link):
    _deal, path = link()

    for _click in range(2):
        assert visitor.post(path, data={"score": "4", "text": "还行 "}).status_code == 200

    with reading(app):
        assert len(db.session.scalars(select(FeedbackVersion)).all()) == 1
    visitor.post(path, data={"score": "4", "text": "还行,谢谢"})
    with reading(app):
        said = db.session.scalars(select(FeedbackVersion).order_by(FeedbackVersion.position))
        assert [one.text for one in said] == ["还行", "还行,谢谢"]


def test_praise_that_is_amended_down_is_not_passed_on(visitor, link, api_as):
    deal, path = link()
    visitor.post(path, data={"score": "5", "text": "很好"})
    (praise,) = _praise(api_as)

    visitor.post(path, data={"score": "2", "text": "第二天就坏了"})

    assert _praise(api_as) == []
    gone = api_as("service").get(f"tasks/{praise['id']}").json
    assert gone["state"] == "withdrawn"
    complaints = api_as("service").get("service/complaints", order=deal.number).json["items"]
    assert len(complaints) == 1


def test_praise_in_other_words_is_passed_on_in_the_last_ones(visitor, link, api_as):
    _deal, path = link()
    for text in ("很好", "师傅很准时"):
        visitor.post(path, data={"score": "5", "text": text})

    (praise,) = _praise(api_as)
    assert "师傅很准时" in praise["reason"]


def _answer(customer_id, score, nps=None, days=0, who="王芳"):
    """Keep an answer that was given some days ago."""
    at = now() - timedelta(days=days)
    row = FeedbackLink(
        id=new_id(), token_hash=str(new_id()), customer_id=customer_id, occasion="by_hand",
        served_by=who, made_at=at, expires_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add(
        Feedback(
            id=new_id(), link_id=row.id, customer_id=customer_id, occasion="by_hand",
            served_by=who, score=score, nps=nps, at=at,
        )
    )  # fmt: skip
    db.session.flush()


@pytest.fixture
def people(app):
    """Forty customers."""
    with unit_of_work(app):
        return [create_customer(f"客户{each}").id for each in range(40)]


def test_each_customer_counts_once_with_her_newest_answer(app, people, acting):
    # Given 29 customers who answered, one of them twice, one long ago, one without a number
    with unit_of_work(app):
        for each in people[:20]:
            _answer(each, 5, 10)
        for each in people[20:29]:
            _answer(each, 2, 3)
        _answer(people[0], 1, 0, days=3)
        _answer(people[30], 5, 10, days=91)
        _answer(people[31], 5)

    # Then that is too few to tell
    with reading(app):
        assert (nps().answers, nps().promoters, nps().detractors) == (29, 20, 9)
        assert nps().score is None

    # When one more says 8, and two of those who promote turn out to be one
    with unit_of_work(app):
        _answer(people[32], 4, 8)
        _answer(people[33], 5, 9)
    with acting("admin"):
        merge(people[1], people[2])

    # Then the result is the share of the ones less that of the others
    with reading(app):
        assert (nps().answers, nps().promoters, nps().detractors) == (30, 20, 9)
        assert nps().score == 37


def test_means_are_by_the_companys_month_and_for_twelve_of_them(app, people):
    midnight = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)  # in Shanghai it is November
    with pretending(midnight), unit_of_work(app):
        for each in people[:5]:
            _answer(each, 4)
        _answer(people[6], 1, days=1)
        _answer(people[7], 1, days=400, who="李雷")

    with pretending(midnight), reading(app):
        assert [(one.of, one.answers, one.mean) for one in by_month()] == [
            ("2026-10", 1, None),
            ("2026-11", 5, 4.0),
        ]
        assert [(one.of, one.answers, one.mean) for one in by_person()] == [("王芳", 6, 3.5)]


def test_the_screen_says_what_the_figure_is(app, client, api_as, people):
    with unit_of_work(app):
        for each in people[:30]:
            _answer(each, 5, 9)

    assert "+100" in client("service").get("/service/feedback").text
    summary = api_as("service").get("service/feedback/summary").json
    assert summary["nps"] == {"answers": 30, "promoters": 30, "detractors": 0, "score": 100}
    assert summary["people"] == [{"of": "王芳", "answers": 30, "mean": 5.0}]
    assert api_as("sales").get("service/feedback/summary").status_code == 403


@pytest.fixture
def her(app, api, delivered):
    """A maker of orders that Ms Li has: her(), her(phones=[]), her(opted_out=True)."""

    def make(phones=("13800138000",), **facts):
        customer_id = UUID(api.post("customers", {"name": "李丽", "phones": [*phones]}).json["id"])
        with unit_of_work(app):
            card = db.session.get_one(Customer, customer_id)
            card.title = "女士"
            for name, value in facts.items():
                setattr(card, name, value)
        return delivered(customer_id=customer_id)

    return make


@pytest.fixture
def call(api_as, bus_idle):
    """Finish the next call about an order: call(deal), call(deal, "not_reached")."""
    service = api_as("service")

    def do(deal, outcome="reached"):
        waiting = service.get("service/tasks", order=deal.number).json["items"]
        first = next(one for one in waiting if one["state"] == "open")
        done = service.post(f"tasks/{first['id']}/done", {"note": "一切正常", "outcome": outcome})
        assert done.status_code == 200, done.text
        bus_idle()

    return do


@pytest.fixture
def written(app):
    """The messages that carry a link to her."""

    def all_of_them():
        with reading(app):
            rows = db.session.scalars(select(Message).order_by(Message.created_at)).all()
            return [(row.channel, row.body) for row in rows if "/f/" in row.body]

    return all_of_them


@pytest.fixture
def to_give(api_as):
    """The open tasks to give somebody the link."""

    def all_of_them():
        every = api_as("service").get("tasks", scope="later").json["items"]
        return [one for one in every if one["kind"] == "service.ask_content"]

    return all_of_them


def _path(text):
    return re.search(r"/f/[\w-]+", text)[0]


def test_after_a_call_a_message_asks_her_and_her_praise_reaches_who_called(
    reachable, her, call, written, to_give, visitor, api_as, app
):
    deal = her()

    call(deal)

    ((channel, body),) = written()
    assert channel == "sms"
    assert to_give() == []
    visitor.take_csrf_token()
    assert visitor.post(_path(body), data={"score": "5", "nps": "10"}).status_code == 200
    kept = api_as("service").get("service/feedback").json["items"][0]
    assert (kept["nps"], kept["order"]) == (10, deal.number)
    with reading(app):
        link = db.session.scalars(select(FeedbackLink)).one()
        occasion, served_by = link.occasion, link.served_by
    assert (occasion, served_by) == ("follow_up", _praise(api_as)[0]["owner"])


def test_she_is_asked_once_in_ninety_days(reachable, her, call, written, days_later, app):
    deal = her()
    call(deal)
    call(deal)
    assert len(written()) == 1

    with days_later(91):
        call(deal)
    assert len(written()) == 2


@pytest.mark.parametrize("outcome", ["not_reached", "refused"])
def test_who_was_not_there_or_refused_is_not_asked(reachable, her, call, written, to_give, outcome):
    call(her(), outcome)

    assert (written(), to_give()) == ([], [])


def test_a_mail_asks_who_has_no_mobile_number(reachable, her, call, written):
    call(her(phones=[], email="li@example.com"))

    assert [channel for channel, _body in written()] == ["mail"]


@pytest.mark.parametrize("facts", [{"phones": []}, {"opted_out": True}])
def test_who_gets_no_message_is_given_the_link_by_a_colleague(
    reachable, her, call, written, to_give, client, visitor, api_as, facts
):
    # Given a customer who cannot be written to, or does not want it
    call(her(**facts))
    assert written() == []
    (task,) = to_give()

    # When somebody makes her link
    make = f"/service/tasks/{task['id']}/feedback-link"
    shown = client("service").post(make, follow_redirects=True).text

    # Then the task is done, and the link is hers
    assert to_give() == []
    visitor.take_csrf_token()
    assert visitor.post(_path(shown), data={"score": "4"}).status_code == 200
    again = api_as("service").post(f"service/tasks/{task['id']}/feedback-link", {})
    assert again.status_code == 409


def test_another_task_makes_no_link(her, api_as):
    deal = her()
    other = api_as("service").get("service/tasks", order=deal.number).json["items"][0]

    refused = api_as("service").post(f"service/tasks/{other['id']}/feedback-link", {})

    assert (refused.status_code, refused.json["code"]) == (404, "link_unknown")
    assert api_as("service").get(f"tasks/{other['id']}").json["state"] == "open"


def test_after_a_complaint_she_is_asked_about_who_answered_for_it(
    reachable, her, complain, written, bus_idle, app
):
    case = complain(her()).agreed()
    case.do("carried-out", {"text": "已上门"})
    bus_idle()
    assert written() == []

    case.do("close", {"verdict": "content", "words": "谢谢"}, by=case.colleague)
    bus_idle()

    assert len(written()) == 1
    with reading(app):
        link = db.session.scalars(select(FeedbackLink)).one()
        assert (link.occasion, str(link.subject_id)) == ("complaint", case.id)
        assert link.served_by == case.now()["answerable"]


def test_nobody_is_asked_about_history(
    reachable, her, acting, complain, bus_idle, written, to_give
):
    deal = her()
    case = complain(deal)
    told = {"document": "CP1", "concern_id": UUID(case.id), "historical": True}
    with acting("service"):
        publish(deal.fact(ComplaintClosed, answer="", verdict="content", words="", **told))
    bus_idle()

    assert (written(), to_give()) == ([], [])
