"""The broker between processes. A poke may be lost, doubled or reordered: the rows decide."""

from typing import Any

import redis
from dramatiq import Broker
from dramatiq.brokers.redis import RedisBroker
from redis.backoff import NoBackoff
from redis.retry import Retry


class SharedBroker(RedisBroker):
    """Carries pokes between processes, over Redis."""

    def declare_queue(self, queue_name: str) -> None:
        """Declare no queue for delayed messages beside it: a poke is never delayed."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)


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
