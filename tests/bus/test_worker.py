"""The threads deliver by themselves; lost, doubled and refused pokes only cost time."""

import time

import pytest

import bus
from bus import sweeper
from bus.actors import Actors
from bus.broker import LocalBroker
from bus.sender import Sender
from bus.subscriptions import subscriptions
from bus.worker import embedded, poking
from tests.bus.company import a_listener, a_number_event, things

PATIENCE = 15


@pytest.fixture
def broker_url(backend, request):
    """Redis beside PostgreSQL, nothing beside SQLite."""
    if backend == "sqlite":
        return ""
    import redis

    url = request.getfixturevalue("redis_url")
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_what_is_published_is_delivered_without_being_asked(company, broker_url):
    counted = a_number_event()
    a_listener("finance", counted)
    a_listener("service", counted)
    company.open_for_business()
    mine, yours = things(2)

    with embedded(broker_url):
        for number in range(1, 21):
            company.publish(
                counted(thing_id=mine, number=number), counted(thing_id=yours, number=number)
            )
        until(lambda: len(company.heard_by("finance")) == len(company.heard_by("service")) == 40)

    for subscriber in ("finance", "service"):
        assert company.heard_by(subscriber, mine) == list(range(1, 21))
        assert company.heard_by(subscriber, yours) == list(range(1, 21))


def test_what_nobody_was_told_of_is_found_by_the_sweeper(company, broker_url):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))  # nobody is there to be poked

    with embedded(broker_url):
        until(lambda: company.heard_by("finance") == [1])


def test_a_module_switched_on_catches_up_by_itself(company, broker_url):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    with company.unit_of_work():
        bus.disable("finance")
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in range(1, 6)))

    with embedded(broker_url):
        with company.unit_of_work():
            bus.enable("finance")
        company.publish(counted(thing_id=thing, number=6))
        until(lambda: len(company.heard_by("finance")) == 6)

    assert company.heard_by("finance") == [1, 2, 3, 4, 5, 6]


def test_without_a_broker_the_sweeper_delivers_and_no_publisher_waits(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()

    with poking("redis://127.0.0.1:1/0") as sender:
        begun = time.monotonic()
        for number in range(1, 6):
            company.publish(counted(thing_id=things(1)[0], number=number))
        assert time.monotonic() - begun < 2
        while not sender.broken:
            sender.drain({"finance"})
            time.sleep(0.03)
        time.sleep(sweeper.SLACK.total_seconds())
        sweeper.Sweeper(sender).sweep()

    assert company.heard_by("finance") == [1, 2, 3, 4, 5]


def test_who_has_patience_is_poked_once_while_others_are_poked_again(company, monkeypatch):
    monkeypatch.setattr(subscriptions, "policies", {})
    bus.subscriber_policy("archive", patience=3600)
    through, sent = LocalBroker(), []
    sender = Sender(Actors(through))
    monkeypatch.setattr(sender, "_send", lambda poke: sent.append(poke[1]))

    while sent.count("finance") < 3:
        sender.drain({"finance", "archive"})
        time.sleep(0.01)
    sender.close()

    assert sent.count("archive") == 1


def test_a_sweep_wakes_only_those_who_can_go_on(company):
    counted = a_number_event()

    def fail(given):
        if given.number == 1:
            raise bus.Poison("unreadable")

    a_listener("finance", counted, first=fail)
    a_listener("service", counted)
    company.open_for_business()
    (thing,) = things(1)
    company.publish(counted(thing_id=thing, number=1), counted(thing_id=thing, number=2))
    bus.drain("finance")
    company.let_pass()

    waiting, behind = sweeper.forgotten()

    assert waiting == {"service"}  # what waits behind finance's dead letter cannot go on
    assert behind == set()


def test_a_row_stranded_by_a_clock_set_back_is_freed(company):
    from datetime import timedelta

    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))
    company.let_pass(-timedelta(days=1))
    assert bus.drain("finance") == 0

    assert sweeper.free_stranded() == 1
    bus.drain("finance")

    assert company.heard_by("finance") == [1]


def test_the_local_broker_queues_a_poke_once_and_keeps_no_failure():
    broker = LocalBroker()
    actors = Actors(broker)

    for _ in range(100):
        actors.drain.send("finance")
    actors.drain.send("service")

    assert broker.queues["bus"].qsize() == 2
    letters = broker.dead_letters_by_queue["bus"]
    letters.append("a failure")
    assert list(letters) == []


def test_a_closed_sender_sends_nothing():
    broker = LocalBroker()
    sender = Sender(Actors(broker))

    sender.drain({"finance"})
    until(lambda: broker.queues["bus"].qsize() == 1)
    sender.close()
    sender.drain({"service"})

    assert broker.queues["bus"].qsize() == 1
