"""What is due from time to time is done once, whoever finds it, and again after a crash."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

import bus
from bus.tables import bus_job
from bus.worker import embedded
from tests.bus.company import Killed
from tests.bus.test_worker import until


def row(company):
    with company.reading() as session:
        return session.execute(select(bus_job)).one()


def make_due(company):
    with company.unit_of_work() as session:
        session.execute(update(bus_job).values(due_at=datetime(2020, 1, 1, tzinfo=UTC)))


def a_job(work, **how):
    bus.job("shop.count", bus.every(timedelta(hours=1)), **how)(work)


def test_a_job_is_first_due_after_its_interval_and_then_runs_once(company):
    runs = []
    a_job(lambda: runs.append(1))
    company.open_for_business()
    assert bus.run_jobs() == []

    make_due(company)

    assert bus.run_jobs() == ["shop.count"]
    assert bus.run_jobs() == []
    assert runs == [1]
    assert row(company).ended_at is not None


def test_while_one_process_is_at_it_no_other_begins(company):
    inside = []
    a_job(lambda: inside.append(bus.run_jobs()))
    company.open_for_business()
    make_due(company)

    bus.run_jobs()

    assert inside == [[]]


def test_a_job_whose_process_died_runs_again(company):
    runs = []

    def die_once():
        runs.append(1)
        if len(runs) == 1:
            raise Killed

    a_job(die_once, patience=timedelta(minutes=3))
    company.open_for_business()
    make_due(company)
    with pytest.raises(Killed):
        bus.run_jobs()
    assert bus.run_jobs() == []  # it may still be alive

    make_due(company)

    assert bus.run_jobs() == ["shop.count"]
    assert len(runs) == 2


def test_a_job_that_fails_says_why_and_runs_next_time(company):
    def fail():
        raise ValueError("nothing to count")

    a_job(fail)
    company.open_for_business()
    make_due(company)

    bus.run_jobs()

    assert row(company).error.startswith("ValueError: nothing to count")
    assert bus.run_jobs() == []


def test_one_that_took_too_long_does_not_overrule_the_next(company):
    def overtaken():
        with company.unit_of_work() as session:
            later = datetime(2026, 5, 5, tzinfo=UTC)
            session.execute(update(bus_job).values(begun_at=later, due_at=later))

    a_job(overtaken)
    company.open_for_business()
    make_due(company)

    bus.jobs._run(bus.jobs.declared_jobs["shop.count"], bus.jobs._begin("shop.count"))

    assert row(company).ended_at is None


def test_a_worker_runs_jobs_by_itself(company):
    runs = []
    a_job(lambda: runs.append(1))
    company.open_for_business()
    make_due(company)

    with embedded():
        until(lambda: runs == [1])


def test_daily_is_an_hour_of_the_company():
    next_time = bus.daily(time(3), lambda: ZoneInfo("Asia/Shanghai"))

    evening = datetime(2026, 3, 1, 18, tzinfo=UTC)  # two o'clock in the night there
    assert next_time(evening) == datetime(2026, 3, 1, 19, tzinfo=UTC)
    assert next_time(next_time(evening)) == datetime(2026, 3, 2, 19, tzinfo=UTC)
