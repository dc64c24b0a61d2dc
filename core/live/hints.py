"""Say, in the transaction of a change, which screens show something else now."""

from datetime import timedelta

from sqlalchemy import delete, insert

from core.clock import now
from core.db import db
from core.live.models import LiveHint

#: How long hints are kept; a screen that was away for longer is told to reload.
KEPT = timedelta(hours=1)


def hint(topic: str, ref: str = "") -> None:
    """Let open screens re-read what shows this topic once the transaction commits.

    Nothing of the change itself is passed on: each screen reads with its own permissions.
    """
    db.session.execute(insert(LiveHint).values(topic=topic, ref=str(ref), at=now()))


def prune() -> None:
    """Drop hints that no screen waits for any more."""
    db.session.execute(delete(LiveHint).where(LiveHint.at < now() - KEPT))
