"""The bus proves that everybody was told, and forgets only what is proven."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

import bus
from bus.tables import bus_delivery, bus_event, bus_subscriber
from tests.bus.company import a_listener, a_number_event, things


@pytest.fixture
def counted(company):
    made = a_number_event()
    a_listener("finance", made)
    company.open_for_business()
    return made


def grow_old(company, days=31):
    with company.unit_of_work() as session:
        for each in session.execute(select(bus_delivery).where(text("status = 2"))):
            session.execute(
                update(bus_delivery)
                .where(bus_delivery.c.event_pos == each.event_pos)
                .values(done_at=each.done_at - timedelta(days))
            )


def count(company):
    return len(company.deliveries("finance"))


def test_there_is_nothing_to_find(company, counted):
    company.publish(*(counted(thing_id=thing, number=1) for thing in things(3)))
    bus.drain("finance")

    assert bus.reconcile() == 0


def test_a_delivery_that_was_never_written_is_found_and_told(company, counted):
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in (1, 2, 3)))
    with company.unit_of_work() as session:
        session.execute(delete(bus_delivery).where(bus_delivery.c.seq == 2))

    assert bus.reconcile() == 1
    assert bus.reconcile() == 0
    bus.drain("finance")

    assert company.heard_by("finance") == [1, 2, 3]


def test_what_a_module_missed_while_off_is_not_the_upkeeps(company, counted):
    with company.unit_of_work():
        bus.disable("finance")
    company.publish(counted(thing_id=things(1)[0], number=1))
    assert bus.reconcile() == 0

    with company.unit_of_work():
        bus.enable("finance")
    assert bus.reconcile() == 0
    bus.catch_up("finance")
    assert bus.reconcile() == 0

    assert company.heard_by("finance") == [1]


def test_old_deliveries_go_only_when_proven_and_the_log_stays(company, counted):
    company.publish(*(counted(thing_id=thing, number=1) for thing in things(3)))
    bus.drain("finance")
    grow_old(company)

    assert bus.forget() == 0  # not proven yet
    bus.reconcile()
    assert bus.forget() == 3

    assert count(company) == 0
    assert len(company.log()) == 3
    assert bus.reconcile() == 0
    assert company.heard_by("finance") == [1, 1, 1]


def test_young_open_dead_and_skipped_deliveries_stay(company, counted):
    def fail_at_two(given):
        if given.number == 2:
            raise bus.Poison("no")

    a_listener("finance", counted, first=fail_at_two)
    mine = things(4)
    company.publish(*(counted(thing_id=thing, number=n) for n, thing in enumerate(mine)))
    bus.drain("finance")
    company.publish(counted(thing_id=mine[0], number=9))
    bus.reconcile()

    assert bus.forget() == 0
    grow_old(company)
    assert bus.forget() == 3
    assert company.states("finance") == ["dead", "open"]


def test_what_was_forgotten_is_not_told_again_after_off_and_on(company, counted):
    company.publish(counted(thing_id=things(1)[0], number=1))
    bus.drain("finance")
    grow_old(company)
    bus.reconcile()
    bus.forget()

    for _ in range(2):
        with company.unit_of_work():
            bus.disable("finance")
        company.publish(counted(thing_id=things(1)[0], number=2))
        with company.unit_of_work():
            bus.enable("finance")
        bus.catch_up("finance")
        bus.reconcile()

    assert company.heard_by("finance") == [1, 2, 2]


def test_the_proof_goes_on_from_where_it_was(company, counted):
    company.publish(counted(thing_id=things(1)[0], number=1))
    bus.reconcile()

    with company.reading() as session:
        last = session.scalar(select(bus_event.c.pos))
        assert session.scalar(select(bus_subscriber.c.proven)) == last


def test_sent_effects_are_forgotten_after_a_while(company):
    bus.sends("letter")(lambda effect: None)
    with company.unit_of_work():
        bus.note_effect("letter", {}, key="old")
    bus.send_effects()
    assert bus.forget() == 0

    with company.unit_of_work() as session:
        session.execute(text("UPDATE bus_effect SET sent_at = '2020-01-01 00:00:00'"))

    assert bus.forget() == 1
