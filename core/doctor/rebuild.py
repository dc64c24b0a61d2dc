"""Make a module's views anew from the log, beside the ones in use, and take them over at once.

The shadow lies in a file, so that a rebuild may be stopped at any moment and goes on from there.
Until the last transaction the company works with its old views; in it nobody delivers to the
module, what came meanwhile is told to the shadow, and the rows that differ are written.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from flask import Flask
from flask_babel import gettext as _

from bus import hearing
from core.db import reading, unit_of_work
from core.doctor import progress
from core.doctor.kept import NOBODY, Asked, keep_outcome, kept
from core.doctor.shadow import Shadow, view_tables
from core.doctor.takeover import Change, take_over
from core.errors import DomainError
from core.live.hints import hint
from core.registry.discovery import Installed
from core.write_lock import only_one

Show = Callable[[int, int], None]


class RebuildUnderWay(DomainError):
    """Another process rebuilds the same module."""

    code: ClassVar[str] = "rebuild_under_way"

    def message(self) -> str:
        return _("Another process is rebuilding this module. Wait until it is done.")


def rebuild(
    app: Flask,
    module: Installed,
    folder: Path,
    show: Show = lambda _told, _end: None,
    asked: Asked = NOBODY,
) -> list[Change]:
    """Rebuild a module's views; returns what was not as it should be.

    Parameters:
      folder: Where the shadow lies meanwhile.
      show: Is told the place in the log that is reached, and the place of its end.
      asked: Who wants it and why; kept with what came of it.

    Raises:
        RebuildUnderWay: when another process is at it.
    """
    tables = view_tables(module.name)
    if not tables:
        return []
    path = folder / f"{module.name}.sqlite3"
    with _alone(path), kept(app, module.name, asked):
        shadow = _opened(app, module, path)
        with unit_of_work(app):
            end = hearing.closed_end()
        _hear_all(app, shadow, module.name, end, show)
        with unit_of_work(app):
            hearing.hold(module.name)
            _hear_rest(shadow, module.name)
            changes = take_over(shadow, tables)
            keep_outcome(module.name, asked, changes)
            for item in module.manifest.menu:
                for topic in item.topics:
                    hint(topic)
        _remove(path)
    return changes


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with only_one(path.with_suffix(".lock")) as mine:
        if not mine:
            raise RebuildUnderWay
        yield


def _opened(app: Flask, module: Installed, path: Path) -> Shadow:
    """The shadow that an interrupted rebuild by the same code has left, or a new one."""
    shadow, code = Shadow(app, path), progress.code_of(module)
    if path.exists():
        with shadow.open() as session:
            if progress.is_of(session, code):
                return shadow
        _remove(path)
    with reading(app):
        shadow.create()
    with shadow.open() as session:
        progress.begin(session, code)
        session.commit()
    return shadow


def _remove(path: Path) -> None:
    """Remove the shadow, and first what SQLite would otherwise roll back into the next one."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    path.unlink()


def _hear_all(app: Flask, shadow: Shadow, name: str, end: int, show: Show) -> None:
    """Tell the shadow the log up to a place before which it is complete.

    What had not come to the module when its stretch was told may have come by now, and what
    follows upon it in the next stretch as well: it is read after that stretch, and told before it.
    """
    told = _reached(shadow).told
    while True:
        with reading(app):
            stretch = hearing.heard_after(name, told, end)
            if stretch is None:
                return
            _hear_late(shadow, name)
            _hear(shadow, name, stretch)
        told = stretch.end
        show(told, end)


def _hear_rest(shadow: Shadow, name: str) -> None:
    """Tell it what has come to the module since: that cannot change now."""
    _hear_late(shadow, name)
    told = _reached(shadow).told
    while (stretch := hearing.heard_after(name, told)) is not None:
        _hear(shadow, name, stretch)
        told = stretch.end


def _hear_late(shadow: Shadow, name: str) -> None:
    """Tell it what has come to the module only after its stretch was told."""
    late = hearing.heard_of(name, _reached(shadow).unheard)
    if late:
        with shadow.hearing(name, late) as session:
            progress.note_heard(session, [each.pos for each in late])


def _hear(shadow: Shadow, name: str, stretch: hearing.Stretch) -> None:
    with shadow.hearing(name, stretch.heard) as session:
        progress.note(session, stretch.end, stretch.unheard)


def _reached(shadow: Shadow) -> progress.Progress:
    with shadow.open() as session:
        return progress.read(session)
