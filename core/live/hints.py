"""Say, in the transaction of a change, which screens show something else now."""

from datetime import datetime, timedelta

from sqlalchemy import delete, event, insert
from sqlalchemy.orm import Session, SessionTransaction

from bus.kept import Kept
from bus.rows import by_name
from core.clock import now
from core.db import db
from core.live.models import LiveHint

#: How long hints are kept; a screen that was away for longer is told to reload.
KEPT = timedelta(hours=1)
_KEY = "live_hints"
_INSERT = Kept(insert(LiveHint).values(by_name("topic", "ref", "at")))


def hint(topic: str, ref: str = "") -> None:
    """Let open screens re-read what shows this topic once the transaction commits.

    Nothing of the change itself is passed on: each screen reads with its own permissions.
    """
    db.session.info.setdefault(_KEY, {})[topic, str(ref)] = now()


def prune() -> None:
    """Drop hints that no screen waits for any more."""
    db.session.execute(delete(LiveHint).where(LiveHint.at < now() - KEPT))


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Write all hints of the transaction at once, each only once."""
    hints: dict[tuple[str, str], datetime] = session.info.pop(_KEY, {})
    if hints:
        rows = [{"topic": topic, "ref": ref, "at": at} for (topic, ref), at in hints.items()]
        _INSERT.run(session.connection(), rows)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
