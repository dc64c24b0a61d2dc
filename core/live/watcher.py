"""Watches the hints for all open screens of this process: one reader, however many screens."""

import asyncio
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, or_, select

from core.clock import now
from core.db import db, reading
from core.live.models import LiveHint

log = logging.getLogger(__name__)

#: Seconds between two looks at the hints.
_POLL = 0.2
#: PostgreSQL gives numbers before commit: a smaller one may appear this much later.
_LATE = timedelta(seconds=5)


@dataclass(frozen=True)
class Hint:
    """Something to look at again."""

    id: int
    topic: str
    ref: str


class Reader:
    """An open screen's place in the line; filled by the watcher, emptied by its stream."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.queue: asyncio.Queue[Hint] = asyncio.Queue()

    def give(self, hints: Iterable[Hint]) -> None:
        """Hand hints over from the watcher's thread."""
        for hint in hints:
            self._loop.call_soon_threadsafe(self.queue.put_nowait, hint)


class Watcher:
    """Polls the hints and hands new ones to every reader."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._readers: set[Reader] = set()
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        #: Everything up to here has been handed out; above it, what has been is remembered.
        self._floor = 0
        self._handed: dict[int, datetime] = {}

    def start(self) -> None:
        """Begin to watch, from now on."""
        with reading(self._app):
            self._floor = position()
        self._thread = threading.Thread(target=self._run, name="live-watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def join(self, reader: Reader) -> None:
        """Let a screen hear of what happens from now on."""
        with self._guard:
            self._readers.add(reader)

    def leave(self, reader: Reader) -> None:
        """Forget a screen that was closed."""
        with self._guard:
            self._readers.discard(reader)

    def _run(self) -> None:
        while not self._stopping.wait(_POLL):
            try:
                self._hand_out(self._news())
            except Exception:
                # A database that is away comes back; screens must not stay deaf after it.
                log.exception("the live watcher could not read the hints")
                self._stopping.wait(2)

    def _hand_out(self, hints: list[Hint]) -> None:
        if hints:
            with self._guard:
                readers = list(self._readers)
            for reader in readers:
                reader.give(hints)

    def _news(self) -> list[Hint]:
        with reading(self._app):
            query = select(LiveHint).where(LiveHint.id > self._floor).order_by(LiveHint.id)
            rows = [(row.id, row.topic, row.ref, row.at) for row in db.session.scalars(query)]
            late = _LATE if db.engine.dialect.name == "postgresql" else timedelta(0)
        news = [Hint(id_, topic, ref) for id_, topic, ref, _at in rows if id_ not in self._handed]
        self._handed.update((id_, at) for id_, _topic, _ref, at in rows)
        settled = [id_ for id_, at in self._handed.items() if at <= now() - late]
        self._floor = max([self._floor, *settled])
        self._handed = {id_: at for id_, at in self._handed.items() if id_ > self._floor}
        return news


def position() -> int:
    """Return the number of the newest hint: what a page drawn now knows already."""
    return db.session.scalar(select(func.max(LiveHint.id))) or 0


def missed(after: int) -> list[Hint] | None:
    """Return what a screen has missed since; None when that is no longer known."""
    if after and db.session.get(LiveHint, after) is None:
        return None
    newer = LiveHint.id > after
    if db.engine.dialect.name == "postgresql":
        newer = or_(newer, LiveHint.at > now() - _LATE)
    rows = db.session.scalars(select(LiveHint).where(newer).order_by(LiveHint.id))
    return [Hint(row.id, row.topic, row.ref) for row in rows]
