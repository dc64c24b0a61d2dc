"""The broker within one process. A poke may be lost, doubled or reordered: the rows decide."""

import threading
from collections import defaultdict, deque
from importlib import import_module
from queue import Queue
from typing import Any

from dramatiq import Broker, Message, Middleware
from dramatiq.broker import MessageProxy
from dramatiq.brokers.stub import StubBroker


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


def broker(redis_url: str = "") -> Broker:
    """The broker for these settings: between processes, or within this one."""
    if not redis_url:
        return LocalBroker()
    # Imported here because it takes half a second, which a single process should not wait for.
    made: Broker = import_module("bus.shared_broker").connect(redis_url)
    return made
