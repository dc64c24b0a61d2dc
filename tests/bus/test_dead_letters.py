"""A person deals with what failed for good, and it is kept who did, when and why."""

import pytest
from sqlalchemy import select

import bus
from bus.tables import bus_admin_log
from tests.bus.company import a_listener, a_number_event, things


@pytest.fixture
def dead(company):
    """One thing's first event is dead, and its second waits behind; `mended` mends the cause."""
    counted = a_number_event()
    mended = []

    def fail(given):
        if given.number == 1 and not mended:
            raise bus.Poison("unreadable")

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    (thing,) = things(1)
    stored = company.publish(counted(thing_id=thing, number=1), counted(thing_id=thing, number=2))
    bus.drain("finance")
    assert company.states("finance") == ["dead", "open"]
    return stored[0], mended


def notes(company):
    with company.reading() as session:
        columns = bus_admin_log.c
        rows = session.execute(select(columns.what, columns.who, columns.event_pos, columns.why))
        return [tuple(row) for row in rows]


def test_a_mended_dead_letter_is_retried(company, dead):
    event, mended = dead
    mended.append(True)

    with company.unit_of_work():
        bus.retry("finance", event.id, by="admin")
    bus.drain("finance")

    assert company.heard_by("finance") == [1, 2]
    assert notes(company) == [("retry", "admin", event.pos, "")]


def test_a_hopeless_dead_letter_is_skipped_with_a_reason(company, dead):
    event, _ = dead

    with company.unit_of_work():
        bus.skip("finance", event.id, by="admin", reason="a test order")
    bus.drain("finance")

    assert company.states("finance") == ["skipped", "done"]
    assert company.heard_by("finance") == [2]
    assert notes(company) == [("skip", "admin", event.pos, "a test order")]


def test_all_of_one_error_are_retried_together(company, dead):
    _, mended = dead
    mended.append(True)

    with company.unit_of_work():
        assert bus.retry_all("finance", "ValueError", by="admin") == 0
        assert bus.retry_all("finance", "Poison", by="admin") == 1
    bus.drain("finance")

    assert company.heard_by("finance") == [1, 2]


def test_only_dead_letters_are_acted_on_and_never_without_a_reason(company, dead):
    event, _ = dead

    with company.unit_of_work():
        with pytest.raises(bus.WrongState, match="why"):
            bus.skip("finance", event.id, by="admin", reason=" ")
        bus.retry("finance", event.id, by="admin")
        with pytest.raises(bus.WrongState, match="no dead letter"):
            bus.retry("finance", event.id, by="admin")
