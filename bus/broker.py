"""The two brokers that carry pokes. A poke may be lost, doubled or reordered: the rows decide."""

import logging
import threading
from collections import defaultdict, deque
from queue import Queue
from typing import Any

import redis
from dramatiq import Actor, Broker, Message, Middleware
from dramatiq.broker import MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from redis.backoff import NoBackoff
from redis.retry import Retry

from bus.draining import drain
from bus.history import replay

_log = logging.getLogger("bus")

#: Seconds for which a drain collects more when its batch was small.
LINGER = 0.015


class LocalBroker(StubBroker):
    """Carries pokes to the worker threads of the same process.

    Dramatiq's stub is made for tests: it keeps every failed message with its traceback, and lets
    the same poke be queued any number of times. This one keeps nothing and queues a poke once.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queued: set[tuple[Any, ...]] = set()
        super().__init__(middleware=[_Forget()])
        none: Any = defaultdict(lambda: deque(maxlen=0))
        self.dead_letters_by_queue = none

    def declare_queue(self, queue_name: str) -> None:
        """Declare no queue for delayed messages beside it: a poke is never delayed."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues[queue_name] = Queue()
            self.emit_after("declare_queue", queue_name)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Queue a poke, unless the same one is waiting already."""
        with self._guard:
            if _key(message) in self._queued:
                return message
            self._queued.add(_key(message))
        return super().enqueue(message, delay=delay)

    def forget(self, message: Message[Any] | MessageProxy) -> None:
        """A poke is about to run: from now on the next one counts again."""
        with self._guard:
            self._queued.discard(_key(message))


class _Forget(Middleware):
    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        """Let the next poke in before this one looks at the rows, or it could be missed."""
        if isinstance(broker, LocalBroker):
            broker.forget(message)


def _key(message: Message[Any] | MessageProxy) -> tuple[Any, ...]:
    return message.actor_name, *message.args


class SharedBroker(RedisBroker):
    """Carries pokes between processes, over Redis."""

    def declare_queue(self, queue_name: str) -> None:
        """Here, too, without a queue for delayed messages."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)


def broker(redis_url: str = "") -> Broker:
    """The broker for these settings: between processes, or within this one.

    The one over Redis gives up quickly, because the rows can wait and a caller cannot, and it
    notices within seconds that a worker has died.
    """
    if not redis_url:
        return LocalBroker()
    client = redis.Redis.from_url(
        redis_url, socket_timeout=1, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    untyped: Any = SharedBroker
    made: Broker = untyped(
        client=client, middleware=[], heartbeat_timeout=15_000, maintenance_chance=100_000
    )
    return made


class Actors:
    """The only two things ever sent: who has deliveries waiting, and who has history to hear.

    Nothing of Dramatiq's retries, delays or time limits is wanted: a time limit could strike in
    the middle of a commit, and what is tried again, and when, stands in the database.
    """

    def __init__(self, through: Broker) -> None:
        self.drain: Actor[[str], None] = Actor(
            _drain, actor_name="drain", queue_name="bus", broker=through, priority=0, options={}
        )
        self.replay: Actor[[str], None] = Actor(
            _replay,
            actor_name="replay",
            queue_name="bus.replay",
            broker=through,
            priority=10,
            options={},
        )


def _drain(subscriber: str) -> None:
    try:
        drain(subscriber, linger=LINGER)
    except Exception:
        _log.exception("draining %s stopped; the sweeper will start it again", subscriber)


def _replay(subscriber: str) -> None:
    try:
        replay(subscriber, in_turns=True)
    except Exception:
        _log.exception("telling %s its history stopped; it will go on", subscriber)
