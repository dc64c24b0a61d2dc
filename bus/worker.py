"""The threads that deliver, in a process of their own or beside the web server."""

from collections.abc import Iterator
from contextlib import contextmanager

from dramatiq import Worker

from bus.actors import Actors
from bus.broker import broker
from bus.errands import effects, jobs
from bus.runtime import NoPoker, runtime, wake_through
from bus.sender import Sender
from bus.sweeper import Sweeper

#: Milliseconds a graceful stop waits for the handlers under way.
PATIENCE = 10_000
#: Many threads make use of the waits for a server. On SQLite only one can write at a time, and the
#: others take the processor from it: the second is there for the others while one has a long turn.
THREADS_SHARED, THREADS_LOCAL = 4, 2
#: Milliseconds after which a worker that nothing wakes looks up: whether it should stop, and
#: whether a poke is there of which it was not told.
IDLE = 250


@contextmanager
def embedded(redis_url: str = "") -> Iterator[None]:
    """Deliver in this process while the block runs; stop gracefully at its end.

    Parameters:
      redis_url: Where other processes poke too; left out, this process is the only one.
    """
    with poking(redis_url) as sender:
        worker = _worker(sender, shared=bool(redis_url))
        sweeper = Sweeper(sender, effects(), jobs())
        worker.start()
        sweeper.start()
        try:
            yield
        finally:
            sweeper.stop()
            worker.stop(timeout=PATIENCE)


@contextmanager
def poking(redis_url: str = "") -> Iterator[Sender]:
    """Wake the workers of other processes while the block runs; for a process that only serves."""
    through = broker(redis_url)
    sender = Sender(Actors(through), runtime().observer)
    wake_through(sender)
    try:
        yield sender
    finally:
        wake_through(NoPoker())
        sender.close()
        through.close()


def _worker(sender: Sender, *, shared: bool) -> Worker:
    threads = THREADS_SHARED if shared else THREADS_LOCAL
    worker = Worker(sender.broker, worker_timeout=IDLE, worker_threads=threads)
    # One process must not hoard the few messages that there are.
    worker.queue_prefetch = threads
    return worker
