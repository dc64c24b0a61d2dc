"""Check files and take them in beside the server: one thread of a process, one file at a time."""

import logging
import queue
import threading
from uuid import UUID

from flask import Flask

from core.db import reading
from core.imports import runs, shelf
from core.imports.queries import abandoned, import_called

_log = logging.getLogger(__name__)


class Clerk:
    """Works off imports, one after the other, in a thread that ends with its process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._desk: queue.SimpleQueue[UUID] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def hand_over(self, import_id: UUID) -> None:
        """Put an import on the clerk's desk; call it after the commit that made it."""
        self._desk.put(import_id)
        with self._guard:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="imports", daemon=True)
                self._thread.start()

    def resume(self) -> None:
        """Go on with what was under way when the last process ended: call it at start."""
        with reading(self._app):
            left = abandoned()
        for import_id in left:
            self.hand_over(import_id)

    def wait(self, seconds: float) -> None:
        """Wait until the desk is empty, at most so long: for tests and for a tidy end."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._guard:
                if self._desk.empty():
                    self._thread = None
                    return
            self._do(self._desk.get())

    def _do(self, import_id: UUID) -> None:
        with self._app.app_context():
            try:
                _advance(import_id)
            except runs.TakenOver:
                _log.info("import %s is taken in by another process", import_id)
            except Exception:
                _log.exception("import %s has stopped", import_id)


def _advance(import_id: UUID) -> None:
    with reading():
        row = import_called(import_id)
        state, here = row.state, shelf.kept_file(row.digest).exists()
    if not here:
        # Another host has the file; that host goes on with it.
        return
    if state in ("waiting", "checking"):
        runs.check(import_id)
    elif state == "running":
        runs.take_in(import_id)


def clerk(app: Flask) -> Clerk:
    """Return the application's clerk."""
    found: Clerk = app.extensions.setdefault("lamplit_imports", Clerk(app))
    return found
