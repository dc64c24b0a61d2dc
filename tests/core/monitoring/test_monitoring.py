"""Load balancers, Prometheus and readers of logs are told how Lamplit does."""

import json
import logging
import socket
import urllib.request
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

import bus
from bus.envelopes import Delivery, delivering
from core.db import reading, unit_of_work
from core.errors import SetupError
from core.monitoring import logs
from core.monitoring.listener import showing_figures


@pytest.fixture
def lines(monkeypatch):
    """The JSON lines that are written from now on."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    handler = Keep()
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs._note_cause)
    root = logging.getLogger()
    root.addHandler(handler)
    monkeypatch.setattr(root, "level", logging.INFO)
    root.manager._clear_cache()
    yield written
    root.removeHandler(handler)
    root.manager._clear_cache()


def test_it_says_that_it_lives_and_is_ready_to_anybody(visitor):
    live, ready = visitor.get("/health/live"), visitor.get("/health/ready")

    assert (live.status_code, live.json) == (200, {"status": "live"})
    assert ready.status_code == 200
    assert (ready.json["status"], ready.json["database"]) == ("ready", "reached")


def test_without_its_tables_it_lives_but_is_not_ready(app, visitor):
    with unit_of_work(app) as session:
        session.execute(text("ALTER TABLE core_company RENAME TO gone"))
    try:
        assert visitor.get("/health/live").status_code == 200
        ready = visitor.get("/health/ready")
        assert (ready.status_code, ready.json["database"]) == (503, "away")
    finally:
        with unit_of_work(app) as session:
            session.execute(text("ALTER TABLE gone RENAME TO core_company"))


def test_a_broker_that_is_away_makes_nothing_unready(app, visitor, monkeypatch):
    class Away(bus.runtime.NoPoker):
        broken = True

    settings = replace(app.extensions["lamplit_settings"], redis_url="redis://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "lamplit_settings", settings)
    before = bus.runtime.runtime().poker
    bus.runtime.wake_through(Away())
    try:
        ready = visitor.get("/health/ready")
    finally:
        bus.runtime.wake_through(before)

    assert (ready.status_code, ready.json["broker"]) == (200, "away")


def test_figures_are_for_administrators(visitor, api, api_as):
    assert visitor.get("/api/v1/metrics").status_code == 401
    assert api_as("sales").get("metrics").status_code == 403
    assert api.get("metrics").status_code == 200


def test_figures_tell_what_waits_and_what_was_done(api, a_deal, bus_idle):
    a_deal(2)
    before = api.get("metrics").text
    bus_idle()
    after = api.get("metrics").text

    assert 'lamplit_subscriber_open{subscriber="finance"} 1.0' in before
    assert 'lamplit_subscriber_open{subscriber="finance"} 0.0' in after
    assert 'lamplit_delivery_wait_seconds_count{subscriber="finance"}' in after
    assert 'lamplit_request_seconds_bucket{endpoint="metrics.metrics"' in after
    assert "lamplit_ready 1.0" in after
    assert 'lamplit_job_failed{job="bus.upkeep"} 0.0' in after


def test_a_process_shows_its_figures_at_a_door_of_their_own(app, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mine = replace(settings, metrics_port=port)

    with showing_figures(app, mine):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert b"lamplit_subscriber_open" in answer.read()
        with pytest.raises(SetupError, match="LAMPLIT_METRICS_PORT"), showing_figures(app, mine):
            pass


def test_a_request_its_events_and_its_log_lines_have_one_name(app, api, lines):
    customer = api.post("customers", {"name": "Li"}).json["id"]
    api.post("products", {"sku": "TEA", "name": "龙井", "unit": "盒", "price": "9.00"})
    order = {"customer_id": customer, "lines": [{"sku": "TEA", "quantity": "3"}], "confirm": True}
    lines.clear()

    answer = api.post("sales/orders", order)

    name = answer.headers["X-Correlation-Id"]
    with reading(app):
        assert {str(each.correlation_id) for each in bus.events(limit=1)} == {name}
    [line] = [each for each in lines if each["logger"] == "lamplit.access"]
    assert (line["correlation_id"], line["path"]) == (name, "/api/v1/sales/orders")
    assert (line["status"], line["person"]) == (201, "admin")
    assert UUID(name)


def test_what_a_handler_writes_names_its_cause(app, a_deal, lines):
    a_deal(2)
    with reading(app):
        [event] = bus.events(limit=1)

    with delivering(Delivery("finance", False, (event,), ())):
        logging.getLogger("finance").warning("something is odd")

    line = lines[-1]
    assert (line["message"], line["subscriber"]) == ("something is odd", "finance")
    assert (line["correlation_id"], line["event"]) == (str(event.correlation_id), str(event.id))


def test_an_error_stands_in_its_line(lines):
    try:
        int("broken")
    except ValueError:
        logging.getLogger("bus").exception("a sweep failed")

    assert lines[-1]["level"] == "error"
    assert "ValueError: invalid literal" in lines[-1]["error"]
