"""Where uploaded files and the lists of their bad rows are kept."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from core.ids import new_id
from core.imports.errors import UnreadableFile
from core.imports.importer import Importer
from core.imports.models import ImportRow
from core.imports.reading import rows
from core.imports.sheets import Head, Problem
from core.imports.writing import CsvWriter

_BLOCK = 1 << 20


def folder() -> Path:
    """Return the folder of imports, made when it is missing."""
    found: Path = current_app.extensions["lamplit_settings"].home / "imports"
    found.mkdir(parents=True, exist_ok=True)
    return found


def keep(stream: IO[bytes]) -> str:
    """Keep a file under its digest and return that."""
    incoming = folder() / f"{new_id()}.part"
    with incoming.open("wb") as target:
        shutil.copyfileobj(stream, target, _BLOCK)
    digest = digest_of(incoming)
    incoming.replace(kept_file(digest))
    return digest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept_file(digest: str) -> Path:
    """Return where the file with this digest is kept."""
    return folder() / digest


def discard(import_id: UUID, digest: str) -> None:
    """Remove a file and the list of its bad rows."""
    kept_file(digest).unlink(missing_ok=True)
    problem_file(import_id).unlink(missing_ok=True)


def head_of(row: ImportRow, importer: Importer[Any]) -> Head | None:
    """Tell which columns of a checked file are used; None when there is nothing to tell."""
    if row.state not in ("ready", "refused"):
        return None
    try:
        return importer.sheet.head(kept_file(row.digest))
    except (UnreadableFile, OSError):
        return None


@dataclass(frozen=True)
class ProblemList:
    """The list of a file's bad cells while it is written: every one, however many."""

    writer: CsvWriter

    def add(self, problem: Problem) -> None:
        """Note one bad cell."""
        self.writer.row((problem.line, problem.column, problem.reason))


@contextmanager
def problem_list(import_id: UUID) -> Iterator[ProblemList]:
    """Write the list of an import's bad cells anew."""
    with problem_file(import_id).open("wb") as file:
        writer = CsvWriter(file)
        writer.row((_("Line"), _("Column"), _("What to do")))
        yield ProblemList(writer)
        writer.close()


def problem_file(import_id: UUID) -> Path:
    """Return where the list of an import's bad cells is kept, as CSV to take along."""
    return folder() / f"{import_id}.problems.csv"


def problems(import_id: UUID, most: int | None = None) -> Iterator[Problem]:
    """Read an import's bad cells back."""
    path = problem_file(import_id)
    if not path.exists():
        return
    for row in islice(rows(path), 1, None if most is None else most + 1):
        line, column, reason = row.cells
        yield Problem(int(line), column, reason)
