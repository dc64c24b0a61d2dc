"""Who has to hear of something is woken after the commit, and never for nothing."""

import pytest

import bus
from tests.bus.company import a_listener, a_number_event, things


class Bell:
    """A poker that remembers whom it woke."""

    def __init__(self):
        self.drained, self.replayed = [], []

    def drain(self, subscribers):
        self.drained.append(set(subscribers))

    def replay(self, subscribers):
        self.replayed.append(set(subscribers))


@pytest.fixture
def bell(company):
    made = Bell()
    company.connect(poker=made)
    return made


def test_a_commit_wakes_those_concerned_once(company, bell):
    counted, other = a_number_event(), a_number_event("shop.other")
    a_listener("finance", counted)
    a_listener("service", counted)
    a_listener("warehouse", other)
    company.open_for_business()

    with company.unit_of_work():
        for number in range(3):
            bus.publish(counted(thing_id=things(1)[0], number=number))
        assert bell.drained == []

    assert bell.drained == [{"finance", "service"}]


def test_a_rollback_wakes_nobody(company, bell):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()

    with company.unit_of_work() as session:
        bus.publish(counted(thing_id=things(1)[0], number=1))
        session.rollback()
        session.commit()

    assert bell.drained == []


def test_a_savepoint_is_no_commit(company, bell):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()

    with company.unit_of_work() as session:
        with session.begin_nested():
            bus.publish(counted(thing_id=things(1)[0], number=1))
        assert bell.drained == []

    assert bell.drained == [{"finance"}]


def test_switching_on_wakes_the_teller_of_history(company, bell):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    with company.unit_of_work():
        bus.disable("finance")
    company.publish(counted(thing_id=things(1)[0], number=1))

    with company.unit_of_work():
        bus.enable("finance")

    assert bell.replayed == [{"finance"}]
