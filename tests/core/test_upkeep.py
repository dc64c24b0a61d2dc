"""Nothing grows without bound: what nobody needs any more goes by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

import bus
from bus.tables import bus_job
from core.api.idempotency import RequestOnce
from core.clock import now
from core.db import reading, unit_of_work
from core.imports import services, shelf
from core.imports.models import ImportRow
from core.live.hints import hint
from core.live.models import LiveHint

LONG_AGO = timedelta(days=40)


@pytest.fixture
def a_night_passes(app):
    """Let every job of the company be due, and run."""

    def run() -> None:
        with unit_of_work(app) as session:
            session.execute(update(bus_job).values(due_at=now() - timedelta(minutes=1)))
        assert "bus.upkeep" in bus.run_jobs()
        with reading(app) as session:
            assert session.scalars(select(bus_job.c.error)).all() == [None] * len(
                bus.jobs.declared_jobs
            )

    return run


def count(app, model) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_hints_go_when_no_screen_waits_for_them(app, a_night_passes):
    with unit_of_work(app):
        hint("deals", "old")
    with unit_of_work(app) as session:
        session.execute(update(LiveHint).values(at=now() - LONG_AGO))
        hint("deals", "young")

    a_night_passes()

    with reading(app) as session:
        assert session.scalars(select(LiveHint.ref)).all() == ["young"]


def test_answers_go_when_nobody_repeats_their_requests(app, api, a_night_passes):
    lines = {"lines": [{"sku": "TEA", "quantity": "9"}]}
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "100.00"})
    api.post("warehouse/receipts", lines)
    kept = count(app, RequestOnce)
    assert kept
    a_night_passes()
    assert count(app, RequestOnce) == kept

    with unit_of_work(app) as session:
        session.execute(update(RequestOnce).values(at=now() - LONG_AGO))
    a_night_passes()

    assert count(app, RequestOnce) == 0


@pytest.mark.parametrize(("state", "stays"), [("done", False), ("running", True), ("ready", True)])
def test_a_file_goes_when_it_is_taken_in(app, tmp_path, a_night_passes, state, stays):
    source = tmp_path / "customers.csv"
    source.write_text("name\nLi\n")
    with unit_of_work(app), source.open("rb") as file:
        digest = shelf.keep(file)
        services.open_import(
            "customers", digest, file_name=source.name, currency="CNY", language="en"
        )
        a_file = shelf.kept_file(digest)
    with unit_of_work(app) as session:
        session.execute(update(ImportRow).values(state=state, created_at=now() - LONG_AGO))

    a_night_passes()

    assert a_file.exists() is stays
    assert count(app, ImportRow) == 1
