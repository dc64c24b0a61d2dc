"""Check a file whole, then take it in, chunk by chunk.

Every step is a transaction of its own and is remembered with the import, so that a process may
be killed at any moment and another one goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import update

from core.clock import now
from core.db import db, reading, unit_of_work
from core.errors import DomainError
from core.imports import shelf
from core.imports.errors import ImportNotFound, UnreadableFile
from core.imports.importer import Importer, Terms, importer_of
from core.imports.models import ImportRow
from core.imports.sheets import Entry, Problem
from core.live.hints import hint
from core.people.identity import person_by_id

#: Rows of the first chunk, of the smallest and of the largest. What a chunk costs whatever its
#: size would outweigh the work in one smaller than this.
FIRST, SMALLEST, LARGEST = 100, 50, 2000
#: Seconds a chunk is meant to take: a running server must not wait longer for the database.
AIM = 0.05
#: Seconds between two looks of the open screens at how far it has come.
TELL = 0.5

Progress = Callable[[int, int], None]
Entries = Iterator[Entry[Any]]


class TakenOver(Exception):
    """Another process takes this file in; this one stops."""


@dataclass
class Finding:
    """What the check of a file has found."""

    rows: int = 0
    bad_rows: int = 0
    #: Why the file as a whole cannot be used; empty when it can be read.
    reason: str = ""

    @property
    def good(self) -> bool:
        """Whether every row can be taken in."""
        return not self.bad_rows and not self.reason


def check(import_id: UUID) -> Finding:
    """Check the whole file; nothing changes but the import's own record."""
    with unit_of_work():
        row = _note(import_id, state="checking", reason="")
        kind, digest, language = row.kind, row.digest, row.language
        terms = Terms(import_id, row.currency)
    with reading(), force_locale(language), shelf.problem_list(import_id) as found:
        finding = examine(importer_of(kind), shelf.kept_file(digest), terms, found.add)
    with unit_of_work():
        _note(
            import_id,
            state="ready" if finding.good else "refused",
            reason=finding.reason,
            rows_total=finding.rows,
            rows_bad=finding.bad_rows,
        )
    return finding


def examine(
    importer: Importer[Any], path: Path, terms: Terms, note: Callable[[Problem], None]
) -> Finding:
    """Look at every row of a file and note every bad cell; changes nothing at all."""
    finding, bad = Finding(), set()

    def count(problem: Problem) -> None:
        bad.add(problem.line)
        note(problem)

    try:
        entries = _usable(importer.sheet.read(path), finding, count)
        for problem in importer.check(entries, terms):
            count(problem)
        for _rest in entries:  # a check need not look at every row; the frame does
            pass
    except UnreadableFile as error:
        return Finding(reason=error.reason)
    finding.bad_rows = len(bad)
    if not finding.rows:
        finding.reason = _("The file has names of columns but no rows. Choose the right file.")
    return finding


def take_in(import_id: UUID, progress: Progress = lambda _done, _total: None) -> None:
    """Take the file in from where it stands to its end.

    Raises:
        TakenOver: when another process does it.
    """
    with unit_of_work():
        row = _note(import_id, state="running", reason="", alive_at=now(), ended_at=None)
        row.started_at = row.started_at or now()
        kind, digest = row.kind, row.digest
        done, total = row.rows_done, row.rows_total
    try:
        with reading():
            importer = importer_of(kind)
        told = 0.0
        for mark in _take_chunks(importer, import_id, _entries(importer, digest, done), done):
            progress(mark, total)
            if perf_counter() - told > TELL:
                told = perf_counter()
                with unit_of_work():
                    hint("imports", str(import_id))
        with unit_of_work():
            _note(import_id, state="done", ended_at=now())
    except TakenOver:
        raise
    except Exception as error:
        _note_failure(import_id, error)
        raise


def _usable(
    read: Iterable[Entry[Any] | Problem], finding: Finding, note: Callable[[Problem], None]
) -> Entries:
    """Pass on what can be used, note what cannot, and count both."""
    line = 0
    for each in read:
        finding.rows += each.line != line
        line = each.line
        if isinstance(each, Problem):
            note(each)
        else:
            yield each


def _entries(importer: Importer[Any], digest: str, done: int) -> Entries:
    """Read the rows that are not taken in yet; the file was checked, so every row is good."""
    read = importer.sheet.read(shelf.kept_file(digest))
    return islice((each for each in read if isinstance(each, Entry)), done, None)


def _take_chunks(
    importer: Importer[Any], import_id: UUID, entries: Entries, done: int
) -> Iterator[int]:
    size = FIRST
    while chunk := list(islice(entries, size)):
        seconds = _take_chunk(importer, import_id, chunk, done)
        done += len(chunk)
        yield done
        size = next_size(size, seconds)


def next_size(size: int, seconds: float) -> int:
    """Say how many rows come next, by how long the last ones took; it grows with care."""
    pace = min(1.6, max(0.1, AIM / max(seconds, 0.001)))
    return min(LARGEST, max(SMALLEST, int(size * pace)))


def _take_chunk(
    importer: Importer[Any], import_id: UUID, chunk: list[Entry[Any]], done: int
) -> float:
    """Take some rows in, in one transaction; return for how long that worked.

    The commit is not counted: what it costs hardly depends on how many rows there are.
    """
    with unit_of_work():
        row = _claim(import_id, done, done + len(chunk))
        begun = perf_counter()
        # Whoever started it is who acts, also in a thread or after a restart.
        g.lamplit_person = person_by_id(row.by_id) if row.by_id else None
        row.rows_new += importer.apply(chunk, Terms(import_id, row.currency))
        db.session.flush()
        return perf_counter() - begun


def _claim(import_id: UUID, done: int, next_done: int) -> ImportRow:
    """Move the mark forward; of two processes that try, one finds it moved already."""
    moved = db.session.execute(
        update(ImportRow)
        .where(ImportRow.id == import_id, ImportRow.state == "running", ImportRow.rows_done == done)
        .values(rows_done=next_done, alive_at=now())
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise TakenOver
    return _row(import_id)


def _note_failure(import_id: UUID, error: Exception) -> None:
    with unit_of_work():
        row = _note(import_id, state="failed", ended_at=now())
        with force_locale(row.language):
            row.reason = _why(error)[:500]


def _why(error: Exception) -> str:
    if isinstance(error, DomainError):
        return error.message()
    what = f"{type(error).__name__}: {error}"
    return _("The program stopped at an error it does not know: %(what)s", what=what)


def _note(import_id: UUID, **values: object) -> ImportRow:
    row = _row(import_id)
    for name, value in values.items():
        setattr(row, name, value)
    hint("imports", str(import_id))
    return row


def _row(import_id: UUID) -> ImportRow:
    row = db.session.get(ImportRow, import_id)
    if row is None:
        raise ImportNotFound(import_id=str(import_id))
    return row
