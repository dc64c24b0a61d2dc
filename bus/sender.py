"""Pokes leave the process in a thread of their own: no request waits for a broker."""

import logging
import os
import threading
import time
from collections.abc import Collection

from dramatiq import Broker

from bus.actors import Actors
from bus.observing import NoObserver, Observer
from bus.subscriptions import subscriptions

#: Seconds between two pokes of one subscriber, or its patience; what comes in between is one poke.
GAP = 0.03
#: After so many failures in a row nothing is sent for so many seconds; the sweeper helps out.
FAILURES, PAUSE = 3, 5.0

_log = logging.getLogger("bus")
_Poke = tuple[str, str]


class Sender:
    """Collects pokes and sends each at most once in a short while; loses them if it must."""

    def __init__(self, actors: Actors, observer: Observer | None = None) -> None:
        self._actors = actors
        self._observer = observer or NoObserver()
        self._news = threading.Condition()
        self._waiting: set[_Poke] = set()
        self._sent_at: dict[_Poke, float] = {}
        self._failures = 0
        self._closed_until = 0.0
        self._thread: threading.Thread | None = None
        self._owner = 0
        self._running = True

    @property
    def broker(self) -> Broker:
        """What the pokes go through."""
        return self._actors.drain.broker

    @property
    def broken(self) -> bool:
        """Whether the broker is away, so that pokes are lost."""
        return time.monotonic() < self._closed_until

    def drain(self, subscribers: Collection[str]) -> None:
        """Something waits for these subscribers."""
        self._put({("drain", name) for name in subscribers})

    def replay(self, subscribers: Collection[str]) -> None:
        """These subscribers have history to catch up with."""
        self._put({("replay", name) for name in subscribers})

    def close(self) -> None:
        """Send nothing more."""
        with self._news:
            self._running = False
            self._news.notify()
        if self._thread is not None:
            self._thread.join(2)

    def _put(self, pokes: set[_Poke]) -> None:
        with self._news:
            if self.broken or not self._running:
                return
            self._waiting |= pokes
            self._ensure_thread()
            self._news.notify()

    def _ensure_thread(self) -> None:
        # A fork copies this object but not its thread.
        if self._thread is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._thread = threading.Thread(target=self._run, name="bus-sender", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while self._running:
            for poke in self._due():
                self._send(poke)

    def _due(self) -> set[_Poke]:
        """Wait for pokes whose gap is over, and take them."""
        with self._news:
            if not self._waiting:
                self._news.wait()
            now = time.monotonic()
            at = {poke: self._sent_at.get(poke, 0.0) + _gap(poke) for poke in self._waiting}
            due = {poke for poke, moment in at.items() if moment <= now}
            if not due and at:
                self._news.wait(min(at.values()) - now)
            self._waiting -= due
            self._sent_at.update(dict.fromkeys(due, now))
            return due

    def _send(self, poke: _Poke) -> None:
        what, subscriber = poke
        try:
            getattr(self._actors, what).send(subscriber)
        except Exception as error:
            self._observer.poked(reached=False)
            self._failures += 1
            if self._failures >= FAILURES:
                self._closed_until = time.monotonic() + PAUSE
                _log.warning("the broker is away, the sweeper takes over: %s", error)
        else:
            self._observer.poked(reached=True)
            self._failures = 0


def _gap(poke: _Poke) -> float:
    what, subscriber = poke
    patience = subscriptions.policy(subscriber).patience if what == "drain" else 0.0
    return max(GAP, patience)
