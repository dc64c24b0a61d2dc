"""After a commit, and never before, the subscribers concerned are woken."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction
from uuid_utils.compat import uuid7

from bus.runtime import runtime

_KEY = "bus_pending"


@dataclass
class Pending:
    """What one transaction has to say after its commit."""

    correlation_id: UUID = field(default_factory=lambda: runtime().correlation() or uuid7())
    names: set[str] = field(default_factory=set)
    histories: set[str] = field(default_factory=set)


def pending(session: Session) -> Pending:
    """The note kept for the session's present transaction."""
    note = session.info.get(_KEY)
    if not isinstance(note, Pending):
        note = session.info[_KEY] = Pending()
    return note


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if session.in_nested_transaction():
        return
    note = session.info.pop(_KEY, None)
    if not isinstance(note, Pending):
        return
    if note.names:
        runtime().poker.drain(note.names)
    if note.histories:
        runtime().poker.replay(note.histories)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
