"""How far a rebuild has come: kept in the shadow, in the transaction of what it says."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    MetaData,
    String,
    Table,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session

from core.registry.discovery import Installed

_metadata = MetaData()
_progress = Table(
    "rebuild_progress",
    _metadata,
    Column("code", String(64), nullable=False),
    Column("told", BigInteger, nullable=False),
)
_unheard = Table(
    "rebuild_unheard",
    _metadata,
    Column("pos", BigInteger, primary_key=True, autoincrement=False),
)


@dataclass(frozen=True)
class Progress:
    """The log is in the shadow up to `told`, without the events that were not heard by then."""

    code: str
    told: int
    unheard: tuple[int, ...] = ()


def begin(session: Session, code: str) -> None:
    """Note that nothing is told yet, by handlers of this code."""
    _metadata.create_all(session.connection())
    session.execute(insert(_progress).values(code=code, told=0))


def is_of(session: Session, code: str) -> bool:
    """Whether this is a rebuild by handlers of this code; not if it was stopped before it began."""
    if not inspect(session.connection()).has_table(_progress.name):
        return False
    return session.scalar(select(_progress.c.code)) == code


def read(session: Session) -> Progress:
    """Return how far it is."""
    row = session.execute(select(_progress)).one()
    return Progress(row.code, row.told, tuple(session.scalars(select(_unheard.c.pos))))


def note(session: Session, told: int, unheard: Collection[int]) -> None:
    """Note that a stretch of the log is in."""
    session.execute(update(_progress).values(told=told))
    if unheard:
        session.execute(insert(_unheard), [{"pos": pos} for pos in unheard])


def note_heard(session: Session, places: Collection[int]) -> None:
    """Note that these have been heard after all."""
    session.execute(delete(_unheard).where(_unheard.c.pos.in_(places)))


def code_of(module: Installed) -> str:
    """Return a fingerprint of a module's code: what other handlers wrote is of no use."""
    digest = hashlib.sha256()
    for path in sorted(module.folder.rglob("*.py")):
        digest.update(str(path.relative_to(module.folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
