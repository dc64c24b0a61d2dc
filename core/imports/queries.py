"""What may be asked about imports."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from core.clock import now
from core.db import db
from core.imports.errors import ImportNotFound
from core.imports.models import ImportRow

#: A run that was silent for so long has lost its process.
SILENT = timedelta(seconds=15)
#: For how long the file of an import is kept after its end.
KEPT = timedelta(days=30)


def import_called(import_id: UUID) -> ImportRow:
    """Return an import.

    Raises:
        ImportNotFound: when there is none.
    """
    row = db.session.get(ImportRow, import_id)
    if row is None:
        raise ImportNotFound(import_id=str(import_id))
    return row


def newest_imports(kinds: list[str], most: int = 30) -> list[ImportRow]:
    """Return the imports of these kinds, the newest first."""
    query = (
        select(ImportRow)
        .where(ImportRow.kind.in_(kinds))
        .order_by(ImportRow.created_at.desc(), ImportRow.id.desc())
    )
    return list(db.session.scalars(query.limit(most)))


def abandoned() -> list[UUID]:
    """Return the imports that were under way when their process ended."""
    silent = or_(ImportRow.alive_at.is_(None), ImportRow.alive_at < now() - SILENT)
    under_way = ImportRow.state.in_(("waiting", "checking", "running"))
    query = select(ImportRow.id).where(under_way, silent).order_by(ImportRow.created_at)
    return list(db.session.scalars(query))


def forgettable() -> list[tuple[UUID, str]]:
    """Return the imports that ended long ago, each with the digest of a file of no more use."""
    ended = ImportRow.state.in_(("done", "refused"))
    old = func.coalesce(ImportRow.ended_at, ImportRow.created_at) < now() - KEPT
    in_use = select(ImportRow.digest).where(~(ended & old))
    query = select(ImportRow.id, ImportRow.digest).where(
        ended, old, ImportRow.digest.not_in(in_use)
    )
    return [(row.id, row.digest) for row in db.session.execute(query)]
