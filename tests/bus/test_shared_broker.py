"""The broker between processes wakes whoever waits, and keeps nothing for those who do not."""

from collections.abc import Iterator
from threading import Thread

import dramatiq
import pytest
import redis

from bus.shared_broker import RINGS, SharedBroker, connect

QUEUE = "default"


@pytest.fixture
def broker(redis_url) -> Iterator[SharedBroker]:
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    made = connect(redis_url)
    made.declare_queue(QUEUE)
    yield made
    made.close()


def a_poke(subscriber: str) -> dramatiq.Message:
    return dramatiq.Message(
        queue_name=QUEUE, actor_name="drain", args=(subscriber,), kwargs={}, options={}
    )


def test_a_waiting_worker_has_the_poke_at_its_next_look(broker):
    consumer, found = broker.consume(QUEUE, timeout=900), []

    def wait_and_look() -> None:
        while not found:
            broker.wait_for_ring(QUEUE, 0)  # for ever, unless it rings or the client gives up
            found.append(next(consumer))

    waiting = Thread(target=wait_and_look, daemon=True)
    waiting.start()
    broker.enqueue(a_poke("finance"))
    waiting.join(10)

    assert [each.args for each in found] == [("finance",)]


def test_rings_that_nobody_hears_do_not_heap_up(broker):
    for _ in range(3 * RINGS):
        broker.enqueue(a_poke("finance"))

    assert broker.client.llen(f"{broker.namespace}:{QUEUE}.bell") == RINGS


def test_an_idle_queue_is_left_again_after_a_while(broker):
    assert next(broker.consume(QUEUE, timeout=50)) is None
