"""Each step has its time, on the working calendar; the clock stands while we wait for her."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bus.jobs import run_jobs
from bus.tables import bus_job
from core.clock import pretending
from core.customers.models import Customer
from core.db import db, reading, unit_of_work
from modules.service.jobs import escalate_what_is_late

#: A Wednesday, eleven o'clock in Shanghai; the company works from nine to six.
MORNING = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture
def at():
    """A maker of moments, in hours after that morning."""
    return lambda hours: pretending(MORNING + timedelta(hours=hours))


def due(case) -> datetime | None:
    text = case.now()["due_at"]
    return datetime.fromisoformat(text) if text else None


def test_the_first_call_is_due_in_two_working_hours(delivered, complain, at):
    deal = delivered()

    with at(0):
        assert due(complain(deal)) == MORNING + timedelta(hours=2)
    with at(6):  # five o'clock: one hour is left today, the other is tomorrow's first
        assert due(complain(deal)) == MORNING + timedelta(hours=23)


def test_where_somebody_may_be_hurt_the_clock_runs_day_and_night(delivered, complain, at, asked):
    deal = delivered()

    with at(12):
        case = complain(deal, "漏电", safety=True)

    assert due(case) == MORNING + timedelta(hours=12, minutes=30)
    assert "service.complaint_escalation" in asked(deal, "service")


def test_the_clock_stands_while_we_wait_for_her(delivered, complain, at):
    # Given a complaint that waits for the customer for an hour and a half
    deal = delivered()
    with at(0):
        case = complain(deal)
    with at(0.5):
        assert case.do("wait", {"text": "等她寄照片"}).json["due_at"] is None
        assert case.do("wait", {"text": "?"}).json["code"] == "wrong_step"

    # When she is there again, it is due so much later
    with at(2):
        case.do("resume", {})
    assert due(case) == MORNING + timedelta(hours=3, minutes=30)

    # And a step that is done while we wait lets the clock go on
    with at(2.5):
        case.do("wait", {"text": "等她"})
    with at(3):
        case.heard()
        assert case.now()["waiting_since"] is None


def test_the_review_is_due_from_when_it_was_carried_out(delivered, complain, at):
    with at(0):
        case = complain(delivered()).agreed()
    with at(3):
        case.do("carried-out", {"text": "已上门"})

    # Two working days after two o'clock on Wednesday
    assert due(case) == MORNING + timedelta(days=2, hours=3)


def test_what_is_late_goes_to_the_head_once_for_each_step(delivered, complain, at, app, asked):
    # Given a complaint whose first call is late
    deal = delivered()
    with at(0):
        case = complain(deal)

    # When the job comes by, twice
    with at(2.5), app.app_context():
        escalate_what_is_late()
        escalate_what_is_late()

    # Then the head of service was told once
    assert asked(deal, "service").count("service.complaint_escalation") == 1
    assert [act["act"] for act in case.now()["acts"]] == ["recorded", "late"]

    # When the step is done, the task is taken back, and the next step may be late in its turn
    with at(3):
        case.heard()
        assert "service.complaint_escalation" not in asked(deal, "service")
    with at(8), app.app_context():
        escalate_what_is_late()
    assert [act["act"] for act in case.now()["acts"]][-1] == "late"


def test_its_owner_is_warned_at_half_and_the_head_at_four_fifths(
    delivered, complain, at, app, asked
):
    # Given a complaint whose first call is due in two hours
    deal = delivered()
    with at(0):
        case = complain(deal)
    warnings = ("service.complaint_warning", "service.complaint_escalation")

    def told(hours):
        with at(hours), app.app_context():
            escalate_what_is_late()
            escalate_what_is_late()
        return [asked(deal, "service").count(kind) for kind in warnings]

    # Then each is told once, in this order, and the head once more when it is late
    assert told(0.9) == [0, 0]
    assert told(1.1) == [1, 0]
    assert told(1.7) == [1, 1]
    assert told(2.1) == [1, 2]
    acts = ["recorded", "half_gone", "nearly_late", "late"]
    assert [act["act"] for act in case.now()["acts"]] == acts

    # When the step is done, the warnings are taken back
    with at(2.5):
        case.heard()
    assert not set(warnings) & set(asked(deal, "service"))


def test_who_was_not_warned_in_time_is_not_warned_twice(delivered, complain, at, app, asked):
    deal = delivered()
    with at(0):
        complain(deal)

    with at(1.8), app.app_context():
        escalate_what_is_late()

    assert "service.complaint_escalation" in asked(deal, "service")
    assert "service.complaint_warning" not in asked(deal, "service")


def test_nobody_is_warned_while_we_wait_for_her(delivered, complain, at, app, asked):
    # Given a complaint that has waited for her for three hours, after half an hour
    deal = delivered()
    with at(0):
        case = complain(deal)
    with at(0.5):
        case.do("wait", {"text": "等她"})
    with at(2), app.app_context():
        escalate_what_is_late()
    assert "service.complaint_warning" not in asked(deal, "service")
    with at(3.5):
        case.do("resume", {})

    # Then half of what is left counts
    with at(4.2), app.app_context():
        escalate_what_is_late()
    assert "service.complaint_warning" not in asked(deal, "service")
    with at(4.4), app.app_context():
        escalate_what_is_late()
    assert "service.complaint_warning" in asked(deal, "service")


def test_what_waits_for_her_is_not_late(delivered, complain, at, app):
    with at(0):
        case = complain(delivered())
        case.do("wait", {"text": "等她"})

    with at(5), app.app_context():
        escalate_what_is_late()

    assert "late" not in [act["act"] for act in case.now()["acts"]]


def test_the_owner_sets_the_times(delivered, complain, at, api):
    hours = {"B": {"hear": 30}}
    changed = api.send("PATCH", "/api/v1/service/rules", json={"minutes": hours})
    assert changed.json["minutes"]["B"]["hear"] == 30

    with at(0):
        assert due(complain(delivered())) == MORNING + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("minutes", "field"),
    [({"B": {"hear": 0}}, "B_hear"), ({"B": {"cause": 1}}, "B_cause")],
)
def test_times_that_cannot_hold_are_refused(api, minutes, field):
    refused = api.send("PATCH", "/api/v1/service/rules", json={"minutes": minutes})

    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, field)


def test_a_limit_is_somebodys(api):
    refused = api.send("PATCH", "/api/v1/service/rules", json={"limits": {"role:none": "1.00"}})

    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "role:none")


def test_a_customers_grade_decides(delivered, complain, at, acting):
    deal = delivered()
    with acting("admin"):
        db.session.get_one(Customer, deal.customer_id).grade = "A"

    with at(0):
        case = complain(deal)

    assert (case.now()["grade"], due(case)) == ("A", MORNING + timedelta(hours=1))


def test_the_job_runs_by_itself(delivered, complain, app):
    """As the worker runs it: with its module switched on, in transactions of its own.

    Ten years ahead: PostgreSQL asks its own clock what is due, and the next time must lie after it.
    """
    morning = MORNING + timedelta(weeks=520)
    with pretending(morning):
        case = complain(delivered())
    with app.app_context(), unit_of_work(app) as session:
        session.execute(update(bus_job).values(due_at=morning + timedelta(days=9)))
        late = bus_job.c.name == "service.late"
        session.execute(update(bus_job).where(late).values(due_at=MORNING - timedelta(days=90)))

    with pretending(morning + timedelta(hours=4)), app.app_context():
        assert run_jobs() == ["service.late"]

    with reading(app) as session:
        assert session.scalar(select(bus_job.c.error).where(late)) is None
    assert case.now()["acts"][-1]["act"] == "late"
