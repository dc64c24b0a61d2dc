"""Check files and take them in beside the server, each in a thread of its own."""

import logging
import threading
import time
from uuid import UUID

from flask import Flask

from core.db import reading
from core.imports import runs, shelf
from core.imports.queries import abandoned, import_called

_log = logging.getLogger(__name__)


class Clerk:
    """Works off imports, each in a thread that ends with its process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._guard = threading.Lock()
        self._at_work: dict[UUID, threading.Thread] = {}

    def hand_over(self, import_id: UUID) -> None:
        """Let an import go on; call it after the commit that made it ready for that."""
        thread = threading.Thread(
            target=self._work, args=(import_id,), name=f"import-{import_id}", daemon=True
        )
        with self._guard:
            self._at_work[import_id] = thread
        thread.start()

    def resume(self) -> None:
        """Go on with what was under way when the last process ended: call it at start."""
        with reading(self._app):
            left = abandoned()
        for import_id in left:
            self.hand_over(import_id)

    def wait(self, seconds: float) -> None:
        """Wait until nothing is under way, at most so long: for a tidy end, and for tests."""
        with self._guard:
            threads = list(self._at_work.values())
        end = time.monotonic() + seconds
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self, import_id: UUID) -> None:
        try:
            with self._app.app_context():
                _advance(import_id)
        except runs.TakenOver:
            _log.info("import %s is taken in by another process", import_id)
        except Exception:
            _log.exception("import %s has stopped", import_id)
        finally:
            with self._guard:
                if self._at_work.get(import_id) is threading.current_thread():
                    del self._at_work[import_id]


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
