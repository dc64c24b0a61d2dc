"""Which card stands for a customer. Ids are never rewritten: cards that are one resolve at read."""

from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session, SessionTransaction

from core.customers.models import CustomerAlias
from core.db import db

_KEY = "customer_aliases"


def resolve(customer_id: UUID) -> UUID:
    """Return the id of the card that stands for this customer today."""
    aliases = _aliases()
    seen = {customer_id}
    while (nearer := aliases.get(customer_id)) is not None and nearer not in seen:
        customer_id = nearer
        seen.add(nearer)
    return customer_id


def same_customer(customer_id: UUID) -> set[UUID]:
    """Return every id under which this customer appears in the books, the given one included."""
    leading = resolve(customer_id)
    return {customer_id, leading} | {one for one in _aliases() if resolve(one) == leading}


def _aliases() -> dict[UUID, UUID]:
    """All merges, read once in each transaction: there are few, and every figure asks for them."""
    session = db.session()
    known = cast("dict[UUID, UUID] | None", session.info.get(_KEY))
    if known is None:
        rows = session.execute(select(CustomerAlias.alias_id, CustomerAlias.customer_id))
        known = session.info[_KEY] = {row.alias_id: row.customer_id for row in rows}
    return known


def forget_aliases() -> None:
    """Read the merges again: one was added or undone in this transaction."""
    db.session().info.pop(_KEY, None)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)


listen(Session, "after_transaction_end", _forget)
