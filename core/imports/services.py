"""Bring a file in, have it checked, start it: within the caller's transaction."""

from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.db import db
from core.imports.errors import ImportNotFound, NotReady
from core.imports.models import ImportRow
from core.live.hints import hint
from core.people.person import Person


def open_import(
    kind: str,
    digest: str,
    *,
    file_name: str,
    currency: str,
    language: str,
    by: Person | None = None,
) -> ImportRow:
    """Return the import of this file: a new one, or the one that knows it already.

    What was refused is checked anew; what runs or is done stays as it is.
    """
    row = db.session.scalar(
        select(ImportRow).where(ImportRow.kind == kind, ImportRow.digest == digest)
    )
    if row is None:
        row = ImportRow(kind=kind, digest=digest, rows_done=0, rows_new=0, created_at=now())
        db.session.add(row)
    elif row.rows_done or row.state in ("running", "done"):
        return row
    row.file_name, row.currency, row.language = file_name[-200:], currency, language
    row.state, row.reason = "waiting", ""
    row.by_id, row.by_name = (by.id, by.name) if by else (None, "")
    db.session.flush()
    hint("imports", str(row.id))
    return row


def start(import_id: UUID, by: Person | None = None) -> ImportRow:
    """Let a checked file be taken in, or one that has stopped go on.

    Raises:
        ImportNotFound: when there is no such import.
        NotReady: when it has not been checked, or has rows to correct.
    """
    row = db.session.get(ImportRow, import_id, with_for_update=True)
    if row is None:
        raise ImportNotFound(import_id=str(import_id))
    if row.state in ("running", "done"):
        return row
    if row.state not in ("ready", "failed"):
        raise NotReady(import_id=str(import_id))
    row.state, row.reason, row.alive_at = "running", "", now()
    row.started_at = row.started_at or now()
    if by is not None:
        row.by_id, row.by_name = by.id, by.name
    hint("imports", str(row.id))
    return row
