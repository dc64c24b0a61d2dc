"""Who waits to be reckoned: a mark for each, which stays until it is done."""

from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import delete, select

from bus.kept import Kept
from bus.rows import by_name
from core.db import connection, db, dialect_name, upsert
from core.rhythm.models import ToReckon


def note(customer_ids: Iterable[UUID]) -> None:
    """Have these customers reckoned again."""
    if rows := [{"customer_id": each} for each in sorted(set(customer_ids))]:
        _noting(dialect_name()).run(connection(), rows)


@cache
def _noting(dialect: str) -> Kept:
    noting = upsert(ToReckon, dialect).values(by_name("customer_id"))
    return Kept(noting.on_conflict_do_nothing())


def anybody() -> bool:
    """Whether somebody waits."""
    return db.session.scalar(select(ToReckon.customer_id).limit(1)) is not None


def some_after(customer_id: UUID, most: int) -> Sequence[UUID]:
    """Return whose turn it is after this one, in the order of their ids."""
    waiting = select(ToReckon.customer_id).where(ToReckon.customer_id > customer_id)
    return db.session.scalars(waiting.order_by(ToReckon.customer_id).limit(most)).all()


def unmark(customer_ids: Sequence[UUID]) -> None:
    """Take the marks away; who sets one again now waits until this transaction ends."""
    db.session.execute(delete(ToReckon).where(ToReckon.customer_id.in_(customer_ids)))
