"""Slow down whoever sends us things without an account, in every process alike."""

from datetime import timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.sql.elements import ColumnElement

from core.clock import now
from core.db import db
from modules.service.errors import TooManyVisits
from modules.service.models import PublicAttempt

WINDOW = timedelta(hours=1)
#: Within the window: from one address (behind which a whole housing block may be), and about one
#: serial number or link.
FROM_ONE_ADDRESS = 30
ABOUT_ONE_SUBJECT = 10
#: Names the lock; any number that no other advisory lock has.
_LOCK = 7_461_002


def count_visit(subject: str, address: str) -> None:
    """Count this visit, or refuse it; until the transaction ends no other visitor is let in.

    Raises:
        TooManyVisits: with the minutes until the next is free.
    """
    if db.engine.dialect.name == "postgresql":  # SQLite has one writer anyway
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    db.session.execute(delete(PublicAttempt).where(PublicAttempt.at < now() - WINDOW))
    subject, address = subject[:120], address[:60]
    _refuse_above(FROM_ONE_ADDRESS, PublicAttempt.address == address)
    _refuse_above(ABOUT_ONE_SUBJECT, PublicAttempt.subject == subject)
    db.session.add(PublicAttempt(subject=subject, address=address, at=now()))
    db.session.flush()


def _refuse_above(most: int, which: ColumnElement[bool]) -> None:
    query = select(func.count(), func.min(PublicAttempt.at)).where(which)
    count, oldest = db.session.execute(query).one()
    if count >= most:
        wait = oldest + WINDOW - now()
        raise TooManyVisits(minutes=max(1, ceil(wait / timedelta(minutes=1))))
