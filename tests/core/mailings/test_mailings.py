"""One message to everybody in a segment: counted first, sent part by part, each once, by day."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core import clock
from core.db import db, reading, unit_of_work
from core.mailings import services
from core.mailings.jobs import go_on_with_mailings
from core.messages.models import WAITING, Message

MORNING = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture
def by_day():
    """It is ten in the morning in Shanghai."""
    with clock.pretending(MORNING):
        yield


@pytest.fixture
def people(app, api):
    """Five customers of Xuhui: two can be written to, each of the others misses something."""
    made = {}
    for name, phones, title, opted_out in (
        ("张一", ["13800138001"], "先生", False),
        ("张二", ["13800138002"], "女士", False),
        ("张三", [], "先生", False),
        ("张四", ["13800138004"], "女士", True),
        ("徐汇五金公司", ["13800138005"], "", False),
    ):
        kind = "person" if title else "company"  # of which nobody knows whom to address
        card = {"name": name, "phones": phones, "title": title, "area": "徐汇", "kind": kind}
        made[name] = api.post("customers", {**card, "opted_out": opted_out}).json["id"]
    return made


@pytest.fixture
def segment(api, people):
    """Everybody in Xuhui."""
    asked = {"field": "card.area", "op": "is", "value": "徐汇"}
    return api.post("segments", {"name": "徐汇", "match": "all", "conditions": [asked]}).json["id"]


@pytest.fixture
def prepare(api, segment):
    """Make a mailing: prepare("birthday")."""

    def make(template="birthday", key="k1"):
        body = {"segment_id": segment, "template": template, "key": key}
        made = api.post("mailings", body)
        assert made.status_code == 201, made.text
        return made.json

    return make


def _written(app):
    with reading(app):
        return sorted(db.session.scalars(select(Message.recipient)))


@pytest.fixture
def work(app):
    """Let the job run."""

    def run():
        with app.app_context():
            go_on_with_mailings()

    return run


def test_it_says_who_gets_it_and_who_does_not_and_why(api, prepare, people, app):
    made = prepare()

    assert (made["state"], made["people"], made["gets"]) == ("ready", 5, 2)
    assert made["left_out"] == {"no_address": 1, "slots_empty": 1, "wants_no_advertising": 1}
    listed = api.get(f"mailings/{made['id']}/left-out", code="no_address").json["items"]
    assert [(one["customer"], one["code"]) for one in listed] == [("张三", "no_address")]
    assert _written(app) == []


def test_it_is_sent_once_however_often_it_is_asked_for(by_day, api, prepare, work, app):
    made = prepare()
    assert prepare()["id"] == made["id"]

    for _click in range(2):
        assert api.post(f"mailings/{made['id']}/send", {}).json["state"] == "sending"
    work()
    done = api.get(f"mailings/{made['id']}").json
    assert api.post(f"mailings/{made['id']}/send", {}).json["state"] == "done"
    work()

    assert (done["state"], done["done"], done["sent"]) == ("done", 5, 2)
    assert done["left_out"] == {"no_address": 1, "slots_empty": 1, "wants_no_advertising": 1}
    assert _written(app) == ["+8613800138001", "+8613800138002"]


def test_at_night_nothing_is_sent_and_in_the_morning_it_goes_on(api, prepare, work, app):
    with clock.pretending(NIGHT):
        made = prepare()
        api.post(f"mailings/{made['id']}/send", {})
        work()
        assert _written(app) == []
        assert api.get(f"mailings/{made['id']}").json["state"] == "sending"

    with clock.pretending(datetime(2026, 11, 26, 2, 0, tzinfo=UTC)):
        work()
        assert api.get(f"mailings/{made['id']}").json["sent"] == 2
    with reading(app):
        waiting = select(func.count()).where(Message.state == WAITING)
        assert db.session.scalar(waiting) == 0


def test_a_process_that_dies_between_two_parts_is_gone_on_from(
    by_day, api, prepare, work, app, monkeypatch
):
    monkeypatch.setattr(services, "PART", 2)
    made = prepare()
    work()
    api.post(f"mailings/{made['id']}/send", {})
    with unit_of_work(app):
        assert services.go_on(UUID(made["id"]))
    assert api.get(f"mailings/{made['id']}").json["done"] == 2

    assert api.post(f"mailings/{made['id']}/stop", {}).json["state"] == "stopped"
    work()
    assert api.get(f"mailings/{made['id']}").json["done"] == 2

    api.post(f"mailings/{made['id']}/send", {})
    work()
    assert api.get(f"mailings/{made['id']}").json["done"] == 5
    assert len(_written(app)) == 2


def test_who_opts_out_after_the_count_gets_none(by_day, api, prepare, people, work, app):
    made = prepare()
    body = {"customer_id": people["张一"], "opted_out": True}
    assert api.post("messages/consent", body).status_code == 200

    api.post(f"mailings/{made['id']}/send", {})
    work()

    assert _written(app) == ["+8613800138002"]
    assert api.get(f"mailings/{made['id']}").json["left_out"]["wants_no_advertising"] == 2


def test_two_cards_that_become_one_get_one(by_day, api, prepare, people, work, app):
    made = prepare()
    api.post(f"customers/{people['张一']}/merge", {"customer_id": people["张二"]})

    api.post(f"mailings/{made['id']}/send", {})
    work()

    assert _written(app) == ["+8613800138001"]


def test_while_it_is_counted_it_cannot_be_sent(api, prepare, monkeypatch, work):
    monkeypatch.setattr(services, "PART", 2)
    made = prepare()
    assert (made["state"], made["looked_at"]) == ("counting", 2)

    refused = api.post(f"mailings/{made['id']}/send", {})
    assert (refused.status_code, refused.json["code"]) == (409, "mailing_not_ready")

    work()
    assert api.get(f"mailings/{made['id']}").json["state"] == "ready"


def test_the_owner_does_it_on_the_screen(by_day, client, segment, work, app, api):
    browser = client("admin")
    assert f"/mailings/to/{segment}" in browser.get(f"/segments/{segment}").text
    template = next(
        one["id"] for one in api.get("messages/templates").json["items"]
        if one["preset"] == "birthday"
    )  # fmt: skip

    # When a template is chosen, the first customers are shown with their own words
    page = browser.get(f"/mailings/to/{segment}?template={template}").text
    assert "张" in page
    empty = browser.post(f"/mailings/to/{segment}", data={"template": ""})
    assert empty.status_code == 422

    # When it is counted and sent
    form = {"template": template, "idempotency_key": "one"}
    made = browser.post(f"/mailings/to/{segment}", data=form).location
    assert browser.post(f"/mailings/to/{segment}", data=form).location == made
    assert "/send" in browser.get(made).text
    browser.post(f"{made}/send")
    work()

    # Then the screens say so
    assert "<progress" not in browser.get(made).text
    assert "徐汇" in browser.get("/mailings").text
    assert len(_written(app)) == 2


def test_only_who_may_write_to_many_does(api_as, client, segment):
    body = {"segment_id": segment, "template": "birthday", "key": "k"}
    assert api_as("sales").post("mailings", body).status_code == 403
    assert client("sales").get(f"/mailings/to/{segment}").status_code == 403
    assert client("sales").get("/mailings").status_code == 403
