"""Modules are switched off and on, and nothing is missed, doubled or heard too early."""

import time

import pytest
from sqlalchemy import select

import bus
from bus.waves import hand_over
from tests.bus.company import Killed, a_listener, a_number_event, at_the_same_time, heard, things


def switch(company, on: bool) -> None:
    with company.unit_of_work():
        (bus.enable if on else bus.disable)("finance")


def waiting(company) -> int:
    with company.reading():
        return bus.waiting("finance")


def test_what_was_missed_is_heard_in_order_before_what_happens_now(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(counted(thing_id=thing, number=1))
    switch(company, on=False)
    company.publish(*(counted(thing_id=thing, number=n) for n in range(2, 6)))
    assert waiting(company) == 5
    assert bus.drain("finance") == 0

    switch(company, on=True)
    company.publish(counted(thing_id=thing, number=6))
    assert waiting(company) == 6
    bus.drain("finance")
    assert company.heard_by("finance") == [1]  # history first

    bus.catch_up("finance")

    assert company.heard_by("finance") == [1, 2, 3, 4, 5, 6]
    assert waiting(company) == 0
    assert company.state_of("finance") == "enabled"


def test_progress_tells_how_far_a_module_is(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    switch(company, on=False)
    company.publish(*(counted(thing_id=things(1)[0], number=n) for n in range(4)))
    switch(company, on=True)

    with company.reading():
        behind = bus.progress("finance")
    bus.catch_up("finance")
    with company.reading():
        after = bus.progress("finance")

    assert (behind.catching_up, behind.waiting, behind.done, behind.total) == (True, 4, 0, 4)
    assert (after.catching_up, after.waiting) == (False, 0)


def test_a_module_that_is_new_hears_the_whole_log(company):
    counted = a_number_event()
    company.publish(*(counted(thing_id=things(1)[0], number=n) for n in range(5)))
    a_listener("loyalty", counted)
    a_listener("mailer", counted)
    bus.subscriber_policy("mailer", replayable=False)

    company.open_for_business()
    bus.catch_up("loyalty")
    bus.drain_all()

    assert company.heard_by("loyalty") == [0, 1, 2, 3, 4]
    assert company.heard_by("mailer") == []
    with company.reading() as session:
        assert set(session.scalars(select(heard.c.replayed))) == {1}


def test_history_that_is_not_wanted_is_not_replayed(company):
    counted = a_number_event()
    a_listener("finance", counted, historical=False)
    company.open_for_business()
    switch(company, on=False)
    (thing,) = things(1)
    company.publish(
        counted(thing_id=thing, number=1, historical=True), counted(thing_id=thing, number=2)
    )
    assert waiting(company) == 1

    switch(company, on=True)
    bus.catch_up("finance")

    assert company.heard_by("finance") == [2]


def test_off_again_in_the_middle_of_catching_up_misses_nothing(company, monkeypatch):
    monkeypatch.setattr("bus.history.CHUNK", 2)
    counted = a_number_event()
    company_dies_after = []

    def stop(given):
        if given.number == 3 and not company_dies_after:
            company_dies_after.append(1)
            raise Killed

    a_listener("finance", counted, first=stop)
    company.open_for_business()
    switch(company, on=False)
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in range(1, 6)))
    switch(company, on=True)
    company.publish(counted(thing_id=thing, number=6))
    with pytest.raises(Killed):
        bus.replay("finance")
    assert company.heard_by("finance") == [1, 2]

    switch(company, on=False)
    company.publish(counted(thing_id=thing, number=7))
    switch(company, on=True)
    company.publish(counted(thing_id=thing, number=8))
    bus.catch_up("finance")

    assert company.heard_by("finance") == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("step", ["begin", "before", "after"])
def test_wherever_a_replay_is_killed_it_goes_on_exactly_there(company, monkeypatch, step):
    monkeypatch.setattr("bus.history.CHUNK", 3)
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    switch(company, on=False)
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in range(1, 11)))
    switch(company, on=True)

    deaths = 0
    for number in range(1, 6):
        company.die_at(step, number)
        try:
            bus.replay("finance")
        except Killed:
            deaths += 1
        company.live_on()
    bus.catch_up("finance")

    assert deaths > 0
    assert company.heard_by("finance") == list(range(1, 11))
    assert company.state_of("finance") == "enabled"


def test_a_bad_event_does_not_stop_the_rest_of_history(company):
    counted = a_number_event()
    bad, good = things(2)
    broken = [True]

    def fail(given):
        if broken and given.thing_id == bad and given.number == 2:
            raise ValueError

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    switch(company, on=False)
    company.publish(*(counted(thing_id=t, number=n) for n in (1, 2, 3) for t in (bad, good)))
    switch(company, on=True)

    bus.catch_up("finance")

    assert company.heard_by("finance", good) == [1, 2, 3]
    assert company.heard_by("finance", bad) == [1]
    assert waiting(company) == 2

    broken.clear()
    company.let_pass()
    bus.drain("finance")
    assert company.heard_by("finance", bad) == [1, 2, 3]


def test_history_that_kills_its_process_again_and_again_is_told_one_by_one(company):
    counted = a_number_event()
    bad, good = things(2)

    def kill(given):
        if given.thing_id == bad:
            raise Killed

    a_listener("finance", counted, first=kill)
    bus.subscriber_policy("finance", max_attempts=2)
    company.open_for_business()
    switch(company, on=False)
    company.publish(counted(thing_id=bad, number=1), counted(thing_id=good, number=1))
    switch(company, on=True)

    for _ in range(8):
        try:
            bus.replay("finance")
            bus.drain("finance")
        except Killed:
            company.let_pass()

    assert company.heard_by("finance", good) == [1]
    assert sorted(company.states("finance")) == ["dead", "done"]


def test_a_paused_subscriber_keeps_its_deliveries(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    with company.unit_of_work():
        bus.pause("finance")
    company.publish(counted(thing_id=things(1)[0], number=1))
    assert bus.drain("finance") == 0

    with company.unit_of_work():
        bus.resume("finance")
    bus.drain("finance")

    assert company.heard_by("finance") == [1]


def test_a_module_that_listens_to_nothing_can_be_switched(company):
    company.open_for_business()

    switch(company, on=False)
    switch(company, on=True)

    with company.reading():
        assert bus.progress("finance").waiting == 0


def test_switching_under_load_misses_and_doubles_nothing(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    mine, yours = things(2)
    last = {mine: 0, yours: 0}

    def publish(thing) -> None:
        last[thing] += 1
        company.publish(counted(thing_id=thing, number=last[thing]))

    def deliver() -> None:
        bus.replay("finance")
        bus.drain("finance")

    works = (lambda: publish(mine), lambda: publish(yours), deliver, deliver)
    with at_the_same_time(*works):
        for toggle in range(20):
            switch(company, on=toggle % 2 == 1)
            time.sleep(0.02)
    company.let_pass()
    bus.catch_up("finance")

    assert min(last.values()) > 10
    for thing, number in last.items():
        assert company.heard_by("finance", thing) == list(range(1, number + 1))
    assert waiting(company) == 0
    assert company.state_of("finance") == "enabled"


def test_a_view_can_be_told_again_all_that_was_ever_heard(company):
    counted = a_number_event()
    acted = []

    def fail(given):
        if given.number == 2:
            raise bus.Poison("unreadable")

    a_listener("finance", counted, first=fail)
    a_listener("finance", counted, acts=True, first=lambda given: acted.append(given.number))
    company.open_for_business()
    one, other = things(2)
    company.publish(
        counted(thing_id=one, number=1),
        counted(thing_id=one, number=2),
        counted(thing_id=one, number=3),
        counted(thing_id=other, number=4),
    )
    bus.drain("finance")
    acted.clear()
    with company.unit_of_work() as session:
        session.execute(heard.delete())
        for envelopes in bus.heard("finance"):
            hand_over("finance", envelopes, replaying=True, rebuilding=True)

    assert company.heard_by("finance") == [1, 4]
    assert acted == []
