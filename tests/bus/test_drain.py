"""What is published is heard exactly once and in order, whatever goes wrong."""

from datetime import timedelta

import pytest

import bus
from bus.claims import due
from bus.runtime import named_moment, now_for, runtime
from tests.bus.company import Killed, a_listener, a_number_event, note, things


def test_every_subscriber_hears_every_event_once_and_in_order(company):
    counted = a_number_event()
    a_listener("finance", counted)
    a_listener("warehouse", counted)
    company.open_for_business()

    mine, yours = things(2)
    for number in range(1, 4):
        company.publish(
            counted(thing_id=mine, number=number), counted(thing_id=yours, number=-number)
        )
    assert bus.drain("finance") == 6
    bus.drain("warehouse")
    bus.drain("finance")

    for subscriber in ("finance", "warehouse"):
        assert company.heard_by(subscriber, mine) == [1, 2, 3]
        assert company.heard_by(subscriber, yours) == [-1, -2, -3]
        assert company.states(subscriber) == ["done"] * 6


@pytest.mark.parametrize("step", ["begin", "before", "after"])
def test_wherever_the_process_dies_everything_is_heard_once(company, step):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    mine, yours = things(2)
    company.publish(
        *(counted(thing_id=thing, number=n) for n in range(1, 4) for thing in (mine, yours))
    )

    deaths = 0
    for number in range(1, 4):
        company.die_at(step, number)
        try:
            bus.drain("finance")
        except Killed:
            deaths += 1
        company.live_on()
        company.let_pass()

    assert deaths > 0
    bus.drain("finance")
    assert company.heard_by("finance", mine) == [1, 2, 3]
    assert company.heard_by("finance", yours) == [1, 2, 3]


def test_a_handler_that_kills_its_process_ends_as_a_dead_letter_and_takes_nobody_along(company):
    counted = a_number_event()
    mine, yours = things(2)

    def kill_on_mine(given):
        if given.thing_id == mine:
            raise Killed

    a_listener("finance", counted, first=kill_on_mine)
    bus.subscriber_policy("finance", max_attempts=3)
    company.open_for_business()
    company.publish(counted(thing_id=mine, number=1), counted(thing_id=yours, number=1))

    for _ in range(3):
        with pytest.raises(Killed):
            bus.drain("finance")
        company.let_pass()
    bus.drain("finance")
    company.let_pass()
    bus.drain("finance")

    dead, done = company.deliveries("finance")
    assert (dead.state, dead.attempts) == ("dead", 3)
    assert "ended 3 times" in dead.error
    assert done.state == "done"
    assert company.heard_by("finance") == [1]


def test_an_attempt_is_counted_before_the_handler_runs(company):
    counted = a_number_event()
    seen = []

    def look(_):
        with company.reading():
            seen.append(bus.deliveries(subscriber="finance")[0].attempts)

    a_listener("finance", counted, first=look)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))

    bus.drain("finance")

    assert seen == [1]


def test_an_error_undoes_the_handlers_work_and_is_tried_later(company):
    counted = a_number_event()
    broken = [True]

    def fail(given):
        note(given)
        if broken:
            raise ValueError("the printer is on fire")

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))

    bus.drain("finance")

    waiting = company.deliveries("finance")[0]
    assert (waiting.state, waiting.attempts, waiting.error_class) == ("open", 1, "ValueError")
    assert waiting.error.startswith("ValueError: the printer is on fire")
    assert company.heard_by("finance") == []
    assert bus.drain("finance") == 0  # its time has not come

    broken.clear()
    company.let_pass(timedelta(seconds=5))
    bus.drain("finance")
    assert company.states("finance") == ["done"]
    assert company.heard_by("finance") == [1, 1]  # once by `fail`, once by the listener


def test_one_bad_event_of_many_stops_only_its_own_thing(company):
    counted = a_number_event()
    bad, *good = things(5)

    def fail(given):
        if given.thing_id == bad and given.number == 2:
            raise ValueError

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    company.publish(*(counted(thing_id=t, number=n) for n in (1, 2, 3) for t in (bad, *good)))

    bus.drain("finance")

    assert company.heard_by("finance", bad) == [1]
    for thing in good:
        assert company.heard_by("finance", thing) == [1, 2, 3]
    behind = company.deliveries("finance")[-5]
    assert (behind.aggregate_id, behind.state, behind.attempts) == (bad, "open", 0)


def test_what_fails_for_good_is_a_dead_letter_and_blocks_what_follows(company):
    counted = a_number_event()
    (thing,) = things(1)

    def fail(given):
        if given.number == 1:
            raise ValueError("never")

    a_listener("finance", counted, first=fail)
    bus.subscriber_policy("finance", max_attempts=2)
    company.open_for_business()
    company.publish(*(counted(thing_id=thing, number=n) for n in (1, 2)))

    for _ in range(3):
        bus.drain("finance")
        company.let_pass()

    first, second = company.deliveries("finance")
    assert (first.state, first.attempts, first.behind) == ("dead", 2, 1)
    assert second.state == "open"
    assert company.heard_by("finance") == []


def test_a_subscriber_may_let_later_events_pass_a_dead_letter(company):
    counted = a_number_event()
    (thing,) = things(1)

    def fail(given):
        if given.number == 1:
            raise bus.Poison("unreadable")

    a_listener("service", counted, first=fail)
    bus.subscriber_policy("service", on_dead="continue")
    company.open_for_business()
    company.publish(*(counted(thing_id=thing, number=n) for n in (1, 2, 3)))

    bus.drain("service")

    assert company.states("service") == ["dead", "done", "done"]
    assert company.heard_by("service") == [2, 3]


def test_poison_is_dead_at_once(company):
    counted = a_number_event()

    @bus.reading("shop.counted")
    class Weighed:
        """A reading that needs what the event does not say."""

        weight: int

    a_listener("warehouse", Weighed)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))

    bus.drain("warehouse")

    (dead,) = company.deliveries("warehouse")
    assert (dead.state, dead.attempts, dead.error_class) == ("dead", 1, "Poison")
    assert "weight" in dead.error


def test_an_event_of_a_newer_version_waits_for_the_upgrade(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    object.__setattr__(counted.declaration, "version", 2)
    company.publish(counted(thing_id=things(1)[0], number=1))
    object.__setattr__(counted.declaration, "version", 1)

    for _ in range(20):
        bus.drain("finance")
        company.let_pass()

    (parked,) = company.deliveries("finance")
    assert (parked.state, parked.attempts, parked.error_class) == ("open", 0, "NewerVersion")

    object.__setattr__(counted.declaration, "version", 2)
    bus.drain("finance")
    assert company.heard_by("finance") == [1]


def test_a_handlers_own_events_are_part_of_its_delivery(company):
    counted, echoed = a_number_event(), a_number_event("shop.echoed")
    a_listener(
        "finance",
        counted,
        first=lambda given: bus.publish(echoed(thing_id=given.thing_id, number=-given.number)),
    )
    a_listener("finance", echoed)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=7))
    company.person = None

    bus.drain_all()

    cause, echo = company.log()
    assert company.heard_by("finance") == [7, -7]
    assert (echo.actor, echo.correlation_id) == ("Wang", cause.correlation_id)


def test_two_drains_of_one_process_are_one_after_the_other(company):
    counted = a_number_event()
    inner = []
    a_listener("finance", counted, first=lambda _: inner.append(bus.drain("finance")))
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))

    bus.drain("finance")

    assert inner == [0]
    assert company.heard_by("finance") == [1]


def test_a_process_without_the_subscribers_code_leaves_its_rows_alone(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))

    from bus.testing import own_declarations

    with own_declarations():
        assert bus.drain("finance") == 0

    assert company.states("finance") == ["open"]


@pytest.fixture
def poked(company):
    """Whom the bus woke, in order."""
    woken = []

    class Notebook:
        def drain(self, subscribers):
            woken.append(set(subscribers))

        def replay(self, _subscribers):
            pass

    company.connect(poker=Notebook())
    return woken


def test_a_small_batch_ends_a_turn_and_the_rest_is_poked(company, poked):
    counted, echoed = a_number_event(), a_number_event("shop.echoed")
    a_listener(
        "finance",
        counted,
        first=lambda given: bus.publish(echoed(thing_id=given.thing_id, number=-given.number)),
    )
    a_listener("finance", echoed)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=7))
    poked.clear()

    bus.drain("finance", in_turns=True)

    assert company.heard_by("finance") == [7]
    assert {"finance"} in poked
    bus.drain("finance", in_turns=True)
    assert company.heard_by("finance") == [7, -7]


def test_what_failed_has_its_turn_although_fresh_ones_keep_coming(company, poked):
    counted = a_number_event()
    failing, (stuck, fresh) = [True], things(2)

    def fail(given):
        if given.thing_id == stuck and failing:
            failing.clear()
            raise ValueError("not yet")

    a_listener("finance", counted, first=fail)
    company.open_for_business()
    company.publish(counted(thing_id=stuck, number=0))
    bus.drain("finance", in_turns=True)
    company.let_pass()

    for number in range(1, 4):
        company.publish(counted(thing_id=fresh, number=number))
        bus.drain("finance", in_turns=True)

    assert 0 in company.heard_by("finance")


def test_only_what_is_open_is_looked_at_however_much_is_done(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()

    dialect = company.engine.dialect.name
    question = due(named_moment(dialect)), {"name": "finance", **now_for(dialect)}

    plan = company.plan(lambda: runtime().session().execute(*question))

    assert "ix_bus_delivery_due" in plan
    assert "ix_bus_delivery_open" in plan
