"""Two bugs that only two connections show, planted one at a time between two people's commits.

SQLite has one writer at a time, which hides both; so they are shown on PostgreSQL. Each story is
told twice: to the bus as it is, and to the bus with the bug.
"""

import pytest
from sqlalchemy import bindparam, func, select

import bus
from bus import claims, locks
from bus.tables import bus_delivery
from tests.bus.company import a_listener, a_number_event, things

pytestmark = pytest.mark.postgresql_only


@pytest.fixture
def counted(company):
    made = a_number_event()
    a_listener("finance", made)
    company.open_for_business()
    return made


def overtake(company, counted):
    """Let a second publisher commit, and finance hear of it, before the first has committed."""
    slow, quick = things(2)
    with company.unit_of_work():
        bus.publish(counted(thing_id=slow, number=1))
        company.publish(counted(thing_id=quick, number=2))
        bus.drain("finance")
    bus.drain("finance")


def test_who_commits_late_is_heard_all_the_same(company, counted):
    overtake(company, counted)

    assert company.heard_by("finance") == [2, 1]


def test_a_cursor_by_id_loses_who_commits_late(company, counted, monkeypatch):
    due = claims.due

    def behind_the_cursor(now):
        done = bus_delivery.alias("done")
        last = select(func.coalesce(func.max(done.c.event_pos), 0))
        last = last.where(done.c.subscriber == bindparam("name"), done.c.status == 2)
        return due(now).where(bus_delivery.c.event_pos > last.scalar_subquery())

    monkeypatch.setattr(claims, "due", behind_the_cursor)

    overtake(company, counted)

    assert company.heard_by("finance") == [2]


def enable_meanwhile(company, counted):
    """Switch finance on while a publisher, who saw it switched off, has not committed."""
    with company.unit_of_work():
        bus.disable("finance")
    with company.unit_of_work():
        bus.publish(counted(thing_id=things(1)[0], number=1))
        refused = False
        try:
            with company.unit_of_work():
                bus.enable("finance")
        except bus.Busy:
            refused = True
    if refused:
        with company.unit_of_work():
            bus.enable("finance")
    bus.catch_up("finance")
    bus.drain("finance")
    return refused


def test_a_switch_waits_for_whoever_is_publishing(company, counted, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", "200ms")

    assert enable_meanwhile(company, counted)
    assert company.heard_by("finance") == [1]


def test_without_the_lock_a_switch_loses_what_is_being_published(company, counted, monkeypatch):
    monkeypatch.setattr(locks, "hold_log", lambda _connection: None)

    assert not enable_meanwhile(company, counted)
    assert len(company.log()) == 1
    assert company.heard_by("finance") == []
