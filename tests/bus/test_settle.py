"""A page about one thing first lets a module hear what it has not heard about it yet."""

import pytest

import bus
from tests.bus.company import a_listener, a_number_event, at_the_same_time, things


def test_settling_hears_what_is_open_about_one_thing_only(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    mine, yours = things(2)
    company.publish(*(counted(thing_id=t, number=n) for n in range(1, 31) for t in (mine, yours)))

    bus.settle("finance", mine)

    assert company.heard_by("finance", mine) == list(range(1, 31))
    assert company.heard_by("finance", yours) == []


def test_settling_ignores_the_lease_of_a_drain_that_died(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(counted(thing_id=thing, number=1))
    from tests.bus.company import Killed

    company.die_at("begin", 2)
    with pytest.raises(Killed):
        bus.drain("finance")
    assert bus.drain("finance") == 0

    bus.settle("finance", thing)

    assert company.heard_by("finance") == [1]


def test_settling_by_newer_code_takes_what_older_code_has_parked(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    object.__setattr__(counted.declaration, "version", 2)
    company.publish(*(counted(thing_id=thing, number=number) for number in (1, 2, 3)))
    object.__setattr__(counted.declaration, "version", 1)
    bus.drain("finance")

    bus.settle("finance", thing)  # older code may try, too

    parked = company.deliveries("finance")
    assert [(row.state, row.attempts) for row in parked] == [("open", 0)] * 3
    assert parked[0].error_class == "NewerVersion"

    object.__setattr__(counted.declaration, "version", 2)
    assert bus.drain("finance") == 0  # its time has not come
    bus.settle("finance", thing)
    assert company.heard_by("finance") == [1, 2, 3]


def test_settling_does_not_hurry_what_has_failed(company):
    counted = a_number_event()
    tries = []

    def fail(given):
        tries.append(given.number)
        raise ValueError

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(counted(thing_id=thing, number=1), counted(thing_id=thing, number=2))

    for _ in range(3):
        bus.settle("finance", thing)

    assert tries == [1, 1]  # both together, then the first alone
    assert [row.attempts for row in company.deliveries("finance")] == [1, 0]


def test_settling_for_a_module_that_is_off_does_nothing(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(counted(thing_id=thing, number=1))
    with company.unit_of_work():
        bus.disable("finance")

    bus.settle("finance", thing)
    bus.settle("unheard_of", thing)

    assert company.states("finance") == ["open"]


def test_pages_and_drains_at_once_hear_everything_once(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    mine, yours = things(2)

    works = (
        lambda: bus.drain("finance"),
        lambda: bus.settle("finance", mine),
        lambda: bus.settle("finance", yours),
    )
    with at_the_same_time(*works):
        for number in range(1, 41):
            company.publish(
                counted(thing_id=mine, number=number), counted(thing_id=yours, number=number)
            )
    company.let_pass()
    bus.drain("finance")

    assert company.heard_by("finance", mine) == list(range(1, 41))
    assert company.heard_by("finance", yours) == list(range(1, 41))
