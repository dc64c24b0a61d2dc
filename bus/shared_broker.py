"""The broker between processes. A poke may be lost, doubled or reordered: the rows decide.

Dramatiq looks into an idle queue ever more rarely; here every poke rings a bell on which idle
workers wait, so that one of them looks at once and none of them needs to look often.
"""

import time
from collections.abc import Iterable
from typing import Any

import redis
from dramatiq import Broker, Consumer, Message, MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import ConnectionClosed
from redis.backoff import NoBackoff
from redis.retry import Retry

#: Rings that are kept for workers who are not there; each of them would look once for nothing.
RINGS = 16
#: Milliseconds for which an empty queue is left alone before the bell is waited for.
_AT_ONCE = 1
#: Seconds between two looks while all threads of the process are busy.
_BUSY = 0.01


class SharedBroker(RedisBroker):
    """Carries pokes between processes, over Redis."""

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """A consumer that is woken, and looks by itself after so many milliseconds."""
        looking = super().consume(queue_name, prefetch, _AT_ONCE)
        return _Woken(looking, self, queue_name, timeout / 1000)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Put a poke into its queue and ring."""
        put = super().enqueue(message, delay=delay)
        bell = self._bell(message.queue_name)
        ringing = self.client.pipeline(transaction=False)
        ringing.lpush(bell, "")
        ringing.ltrim(bell, 0, RINGS - 1)
        ringing.execute()
        return put

    def wait_for_ring(self, queue_name: str, seconds: float) -> None:
        """Return when there is a poke that nobody has been woken for, or after a while."""
        self.client.blpop([self._bell(queue_name)], timeout=seconds)

    def _bell(self, queue_name: str) -> str:
        return f"{self.namespace}:{queue_name}.bell"

    def declare_queue(self, queue_name: str) -> None:
        """Declare no queue for delayed messages beside it: a poke is never delayed."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)


class _Woken(Consumer):
    """Reads a queue, and waits for the bell while there is nothing in it."""

    def __init__(
        self, looking: Any, broker: SharedBroker, queue_name: str, patience: float
    ) -> None:
        self._looking, self._broker = looking, broker
        self._queue_name, self._patience = queue_name, patience

    def ack(self, message: MessageProxy) -> None:
        """Note that a message was worked on."""
        self._looking.ack(message)

    def nack(self, message: MessageProxy) -> None:
        """Note that a message cannot be worked on."""
        self._looking.nack(message)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Give messages back that were fetched and not begun."""
        self._looking.requeue(messages)

    def __next__(self) -> MessageProxy | None:
        message: MessageProxy | None = next(self._looking)
        if message is None:
            self._wait()
        return message

    def _wait(self) -> None:
        if self._looking.outstanding_message_count >= self._looking.prefetch:
            time.sleep(_BUSY)  # a ring taken now would be missed by an idle process
            return
        try:
            self._broker.wait_for_ring(self._queue_name, self._patience)
        except redis.ConnectionError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]


def connect(url: str) -> Broker:
    """A broker that gives up quickly, because the rows can wait and a caller cannot.

    It notices within seconds, not minutes, that a worker has died.
    """
    client = redis.Redis.from_url(
        url, socket_timeout=1, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    untyped: Any = SharedBroker
    made: Broker = untyped(
        client=client, middleware=[], heartbeat_timeout=15_000, maintenance_chance=100_000
    )
    return made
