"""Several processes publish, deliver and switch at once; each step may find the other halfway."""

import threading
import time

import pytest

import bus
from bus import locks
from bus.claims import claim
from bus.delivery import deliver
from bus.draining import work_off
from tests.bus.company import a_listener, a_number_event, at_the_same_time, things


def test_several_workers_of_one_subscriber_hear_everything_once_and_in_order(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    mine = things(5)

    def worker():
        work_off("finance")

    with at_the_same_time(worker, worker, worker):
        for number in range(1, 31):
            company.publish(*(counted(thing_id=thing, number=number) for thing in mine))
    company.let_pass()
    bus.drain("finance")

    for thing in mine:
        assert company.heard_by("finance", thing) == list(range(1, 31))


def test_a_backlog_is_shared_by_all_workers(company):
    counted = a_number_event()
    a_listener("finance", counted, batch=True)
    company.open_for_business()
    many = things(150)
    with company.unit_of_work():
        bus.publish_many([counted(thing_id=thing, number=n) for n in (1, 2) for thing in many])

    first = claim("finance", suspects_first=False)
    second = claim("finance", suspects_first=False)
    deliver("finance", second.rows)
    deliver("finance", first.rows)
    bus.drain("finance")

    assert not first.alone
    assert not {row.event_pos for row in first.rows} & {row.event_pos for row in second.rows}
    for thing in many[::10]:
        assert company.heard_by("finance", thing) == [1, 2]


def test_what_another_worker_has_done_meanwhile_is_not_done_again(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in (1, 2)))
    slow = claim("finance", suspects_first=False)
    company.let_pass()  # the lease of the slow worker is over

    bus.drain("finance")
    deliver("finance", slow.rows)

    assert company.heard_by("finance") == [1, 2]


def test_a_worker_that_lost_the_beginning_of_a_stream_leaves_the_rest(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in (1, 2)))
    found = claim("finance", suspects_first=False)

    deliver("finance", found.rows[1:])

    assert company.heard_by("finance") == []


@pytest.mark.postgresql_only
def test_a_small_batch_is_worked_on_by_one_process_only(company):
    counted = a_number_event()
    others = []
    a_listener("finance", counted, first=lambda _: others.append(elsewhere()))
    company.open_for_business()
    mine, yours = things(2)

    def elsewhere():
        """Another process publishes and tries to deliver while we are at it."""
        if others or len(company.log()) > 1:
            return None
        company_publishes = threading.Thread(
            target=lambda: company.publish(counted(thing_id=yours, number=2))
        )
        company_publishes.start()
        company_publishes.join()
        found = []
        tries = threading.Thread(
            target=lambda: found.append(claim("finance", suspects_first=False))
        )
        tries.start()
        tries.join()
        return found[0]

    company.publish(counted(thing_id=mine, number=1))
    bus.drain("finance")

    assert others[0] is None
    assert company.heard_by("finance") == [1, 2]  # and nothing was left behind


@pytest.mark.postgresql_only
def test_a_switch_waits_for_a_publisher_in_mid_transaction(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    with company.unit_of_work():
        bus.disable("finance")
    (thing,) = things(1)

    def switch_on():
        with company.unit_of_work():
            bus.enable("finance")

    switching = threading.Thread(target=switch_on)
    with company.unit_of_work():
        bus.publish(counted(thing_id=thing, number=1))  # reads that finance is off
        switching.start()
        time.sleep(0.3)
        assert switching.is_alive()
    switching.join()
    company.publish(counted(thing_id=thing, number=2))
    bus.catch_up("finance")

    assert company.heard_by("finance") == [1, 2]


@pytest.mark.postgresql_only
def test_a_switch_gives_up_when_a_publisher_takes_too_long(company, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", "100ms")
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    refused = []

    def switch_off():
        with pytest.raises(bus.Busy), company.unit_of_work():
            bus.disable("finance")
        refused.append(True)

    with company.unit_of_work():
        bus.publish(counted(thing_id=things(1)[0], number=1))
        switching = threading.Thread(target=switch_off)
        switching.start()
        switching.join()

    assert refused == [True]
    assert company.state_of("finance") == "enabled"


@pytest.mark.postgresql_only
def test_a_publisher_that_never_ends_does_not_hold_up_deliveries(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    stuck, moving = things(2)

    with company.unit_of_work():
        bus.publish(counted(thing_id=stuck, number=1))  # has a lower position, and commits later
        others = threading.Thread(
            target=lambda: company.publish(counted(thing_id=moving, number=2))
        )
        others.start()
        others.join()
        delivering = threading.Thread(target=lambda: bus.drain("finance"))
        delivering.start()
        delivering.join()
        assert company.heard_by("finance") == [2]
    bus.drain("finance")

    assert company.heard_by("finance") == [2, 1]
