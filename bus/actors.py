"""The two messages that go through a broker, and what a worker does about them."""

import logging

from dramatiq import Actor, Broker

from bus.draining import drain
from bus.history import replay

_log = logging.getLogger("bus")


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
        drain(subscriber, in_turns=True)
    except Exception:
        _log.exception("draining %s stopped; the sweeper will start it again", subscriber)


def _replay(subscriber: str) -> None:
    try:
        replay(subscriber, in_turns=True)
    except Exception:
        _log.exception("telling %s its history stopped; it will go on", subscriber)
