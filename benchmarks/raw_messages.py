"""A worker that does nothing: what Dramatiq can carry by itself. Started by ceilings.py."""

import sys

from dramatiq import Actor, Broker, Worker
from dramatiq.brokers.redis import RedisBroker

#: As many threads as one of our workers has.
QUEUE, THREADS = "raw", 4


def nothing() -> None:
    """Handle a message."""


def declared(broker: Broker) -> "Actor[[], None]":
    """The empty actor on this broker."""
    return Actor(
        nothing, actor_name="nothing", queue_name=QUEUE, broker=broker, priority=0, options={}
    )


def redis_broker(url: str) -> Broker:
    """Dramatiq's own broker without its middleware: the fastest that it can be."""
    untyped: type = RedisBroker
    made: Broker = untyped(url=url, middleware=[])
    return made


def main() -> None:
    """Be ready, begin when told, and end when told."""
    broker = redis_broker(sys.argv[1])
    declared(broker)
    worker = Worker(broker, worker_threads=THREADS)
    print("ready", flush=True)
    sys.stdin.readline()
    worker.start()
    sys.stdin.readline()
    worker.stop()


if __name__ == "__main__":
    main()
