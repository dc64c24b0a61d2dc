"""An administrator sees what waits, what failed and why, and does something about it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

import bus
from bus.tables import bus_delivery, bus_effect, bus_job
from core import clock
from core.clock import now
from core.db import reading, unit_of_work
from core.log.journeys import journey


@pytest.fixture
def admin(client):
    return client("admin")


@pytest.fixture
def failed(app, a_deal, bus_idle):
    """A deal whose payment finance could not take in, with one more behind it."""
    deal = a_deal(2)
    with unit_of_work(app) as session:
        session.execute(
            update(bus_delivery)
            .where(bus_delivery.c.subscriber == "finance")
            .values(status=1, attempts=10, error_class="LookupError", error="LookupError: odd")
        )
    return deal


def dead(app):
    with reading(app):
        return bus.deliveries(state="dead")


def test_it_shows_how_everybody_stands(admin, failed, bus_idle):
    page = admin.get("/bus")

    assert page.status_code == 200
    for word in ("财务", "仓库", "证明没有遗漏", "将所有账目与日志核对", 'title="doctor.compare"'):
        assert word in page.text


def test_every_job_has_words(app, admin):
    with reading(app):
        untitled = set(bus.jobs.declared_jobs) - set(bus.job_titles())

    assert untitled == {"bus.upkeep"}  # the bus knows no languages: the screen names it
    assert not re.search(r"<code>[a-z]+\.[a-z_]+</code>", _panel(admin, "jobs"))


def test_a_job_whose_code_is_gone_is_shown_by_its_name(app, admin):
    with unit_of_work(app) as session:
        session.execute(insert(bus_job).values(name="loyalty.points", due_at=now()))

    assert "<code>loyalty.points</code>" in _panel(admin, "jobs")


def _panel(admin, name):
    """The part of the screen that holds a table."""
    return admin.get("/bus").text.partition(f'id="{name}"')[2].partition("</table>")[0]


def test_it_is_for_administrators(client, api_as):
    for address in ("/bus", "/bus/dead", "/bus/events"):
        assert client("sales").get(address).status_code == 403
    assert api_as("finance").get("bus/subscribers").status_code == 403
    assert (
        api_as("finance").post("bus/subscribers/finance/pause", {"reason": "x"}).status_code == 403
    )


def test_a_dead_letter_is_shown_with_its_error_and_tried_again(app, admin, failed, bus_idle):
    [row] = dead(app)
    page = admin.get("/bus/dead").text
    assert "LookupError: odd" in page
    assert failed.number in page  # what the event says

    answer = admin.post(f"/bus/dead/finance/{row.event_id}/retry", data={})
    bus_idle()

    assert answer.status_code == 303
    assert dead(app) == []
    with reading(app):
        [act] = bus.acts()
        assert (act.what, act.subscriber, act.type) == ("retry", "finance", row.type)
        assert act.who


def test_it_is_given_up_with_a_reason_only(app, admin, failed):
    [row] = dead(app)
    address = f"/bus/dead/finance/{row.event_id}/skip"

    admin.post(address, data={"reason": "  "})
    assert len(dead(app)) == 1
    admin.post(address, data={"reason": "entered twice"})

    assert dead(app) == []
    with reading(app):
        assert [(act.what, act.why) for act in bus.acts()] == [("skip", "entered twice")]


def test_all_of_one_error_are_tried_again(app, admin, a_deal, failed, bus_idle):
    admin.post("/bus/dead/finance/retry", data={"error": "OtherError"})
    assert len(dead(app)) == 1

    admin.post("/bus/dead/finance/retry", data={"error": "LookupError"})
    bus_idle()

    assert dead(app) == []


def test_what_somebody_else_has_done_already_is_said(api, failed, app):
    [row] = dead(app)
    letter = {"subscriber": "finance", "event_id": str(row.event_id)}

    assert api.post("bus/deliveries/retry", letter).json == {"count": 1}
    again = api.post("bus/deliveries/retry", letter)
    unknown = api.post("bus/deliveries/skip", letter | {"event_id": str(uuid4()), "reason": "x"})

    assert (again.status_code, again.json["code"]) == (409, "wrong_state")
    assert unknown.status_code == 409


def test_a_subscriber_is_paused_and_goes_on(api, a_deal, bus_idle):
    unsaid = api.post("bus/subscribers/finance/pause", {"reason": " "})
    assert (unsaid.status_code, unsaid.json["code"]) == (422, "reason_missing")
    assert api.post("bus/subscribers/finance/pause").status_code == 422
    paused = api.post("bus/subscribers/finance/pause", {"reason": "its books are moved"})
    assert paused.json["paused"]
    a_deal(2)
    bus_idle()
    stands = {each["subscriber"]: each for each in api.get("bus/subscribers").json["items"]}
    assert (stands["finance"]["paused"], stands["finance"]["open"]) == (True, 1)
    assert stands["warehouse"]["open"] == 0

    api.post("bus/subscribers/finance/resume", {"reason": "moved"})
    bus_idle()

    stands = {each["subscriber"]: each for each in api.get("bus/subscribers").json["items"]}
    assert stands["finance"]["open"] == 0
    acts = api.get("bus/acts").json["items"]
    kept = [(act["what"], act["subscriber"], act["why"]) for act in acts]
    assert kept == [("resume", "finance", "moved"), ("pause", "finance", "its books are moved")]
    assert all(act["by"] and act["at"] for act in acts)
    assert api.post("bus/subscribers/nobody/pause", {"reason": "x"}).status_code == 404


def test_a_pause_asks_why(app, admin):
    assert 'id="pause-finance"' in admin.get("/bus").text

    refused = admin.post("/bus/subscribers/finance/pause", data={"reason": " "})
    assert "请说明为什么暂停" in admin.get(refused.location).text
    with reading(app):
        assert bus.acts() == []
    admin.post("/bus/subscribers/finance/pause", data={"reason": "对账"})
    admin.post("/bus/subscribers/finance/resume", data={})

    with reading(app):
        told = [(act.what, act.why) for act in bus.acts() if act.who]
    assert told == [("resume", ""), ("pause", "对账")]
    assert "对账" in admin.get("/bus").text


def test_switching_a_module_is_kept_too(api):
    api.post("modules/service/disable")
    api.post("modules/service/enable")

    kept = [(act["what"], act["subscriber"]) for act in api.get("bus/acts").json["items"]]
    assert kept == [("enable", "service"), ("disable", "service")]


def test_events_are_found_by_order_customer_kind_person_and_day(app, admin, a_deal, bus_idle):
    mine, other = a_deal(2), a_deal(3)
    with app.app_context():
        today, yesterday = clock.today(), clock.today() - timedelta(2)

    def found(query):
        return admin.get(f"/bus/events?{query}").text

    assert mine.number in found(f"order={mine.number}")
    assert other.number not in found(f"order={mine.number}")
    assert mine.number in found("kind=deals.sold")
    assert mine.number not in found("kind=deals.paid")
    assert mine.number in found(f"day={today}")
    assert mine.number not in found(f"day={yesterday}")
    assert mine.number not in found("person=Nobody")


@pytest.mark.parametrize(
    "query", ["order=SO-1999-1", "customer=nobody-at-all", "day=soon", "cause=x"]
)
def test_what_cannot_be_looked_for_is_said_at_its_field(admin, query):
    answer = admin.get(f"/bus/events?{query}")

    assert answer.status_code == 422
    assert "field-error" in answer.text or "notice" in answer.text


def test_one_event_says_who_heard_of_it(app, admin, a_deal, bus_idle):
    a_deal(2)
    bus_idle()
    with reading(app):
        [event] = bus.events(limit=1)

    page = admin.get(f"/bus/events/{event.id}").text

    assert event.type in page
    assert "财务" in page
    assert admin.get(f"/bus/events/{uuid4()}").status_code == 404


def test_a_path_tells_who_told_and_who_heard_and_how_long_it_took(app, admin, failed):
    with reading(app):
        found = journey(failed.deal_id)

    [stage] = found.stages
    heard = {one.subscriber: one.state for one in stage.heard}
    assert heard["finance"] == "dead"
    assert set(heard) <= set(found.lanes)
    page = admin.get(f"/bus/orders/{failed.number}")
    assert page.status_code == 200
    assert "journey-dot dead" in page.text
    assert "<table" in page.text
    assert admin.get("/bus/orders/SO-1999-1").status_code == 404


def test_what_could_not_be_sent_waits_for_a_person(app, admin):
    with unit_of_work(app) as session:
        bus.note_effect("letter", {}, key="greeting")
        session.execute(update(bus_effect).values(status=1, error="OSError: closed"))
    assert "letter/greeting" in admin.get("/bus").text

    admin.post("/bus/effects/skip", data={"key": "letter/greeting", "reason": ""})
    with reading(app):
        assert len(bus.unsent_effects()) == 1
    admin.post("/bus/effects/retry", data={"key": "letter/greeting"})
    with reading(app):
        assert [each.is_dead for each in bus.unsent_effects()] == [False]


def test_a_glance_at_the_bus_never_reads_all_deliveries(app):
    """Millions of them may be done; what is open or dead has indexes of its own."""
    from sqlalchemy.dialects import sqlite

    from bus.loads import _standing

    with reading(app) as session:
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("the plan is SQLite's")
        text = str(_standing().compile(dialect=sqlite.dialect()))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    scans = [row[3] for row in plan if row[3].startswith("SCAN") and "subscriber" not in row[3]]
    assert scans == []
