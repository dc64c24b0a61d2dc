"""Work beside the deliveries, each kind in a thread of its own: none keeps the others waiting."""

import logging
import threading
from collections.abc import Callable

from bus.jobs import is_job_due, run_jobs
from bus.sending import is_unsent, send_effects

_log = logging.getLogger("bus")


class Errand:
    """A thread that sleeps until there is something to do."""

    def __init__(self, name: str, is_due: Callable[[], bool], do: Callable[[], object]) -> None:
        self._is_due, self._do = is_due, do
        self._wanted = threading.Event()
        self._running = True
        self._thread = threading.Thread(target=self._run, name=f"bus-{name}", daemon=True)

    def start(self) -> None:
        """Begin to wait for work."""
        self._thread.start()

    def stop(self) -> None:
        """Do what is under way and nothing more; a long job is left to the next process."""
        self._running = False
        self._wanted.set()
        self._thread.join(2)

    def look(self) -> None:
        """Wake the thread if there is work."""
        if not self._wanted.is_set() and self._is_due():
            self._wanted.set()

    def _run(self) -> None:
        while self._wanted.wait() and self._running:
            try:
                self._do()
            except Exception:
                _log.exception("%s stopped; it will be tried again", self._thread.name)
            finally:
                self._wanted.clear()


def effects() -> Errand:
    """Sends what leaves the house."""
    return Errand("effects", is_unsent, send_effects)


def jobs() -> Errand:
    """Runs what is due from time to time."""
    return Errand("jobs", is_job_due, run_jobs)
