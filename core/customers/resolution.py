"""Which card stands for a customer. Ids are never rewritten: cards that are one resolve at read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session, SessionTransaction

from bus.kept import Kept
from core.customers.models import CustomerAlias
from core.db import db

_KEY = "customer_aliases"
_TABLE = CustomerAlias.__table__
_READING = Kept(select(_TABLE.c.alias_id, _TABLE.c.customer_id))


@dataclass(frozen=True)
class Aliases:
    """All merges as they stand."""

    #: Of every card that is an alias, the one that stands for it.
    leading: Mapping[UUID, UUID]
    #: Of every leading card, all ids of the customer.
    members: Mapping[UUID, frozenset[UUID]]


def resolve(customer_id: UUID) -> UUID:
    """Return the id of the card that stands for this customer today."""
    return _aliases().leading.get(customer_id, customer_id)


def same_customer(customer_id: UUID) -> set[UUID]:
    """Return every id under which this customer appears in the books, the given one included."""
    found = _aliases()
    leading = found.leading.get(customer_id, customer_id)
    return {customer_id, *found.members.get(leading, ())}


def merged_ids() -> frozenset[UUID]:
    """Return the ids of all cards that are part of a merge."""
    members = _aliases().members.values()
    return frozenset(each for group in members for each in group)


def _aliases() -> Aliases:
    """All merges, read once in each transaction: there are few, and every figure asks for them."""
    session = db.session()
    known = cast("Aliases | None", session.info.get(_KEY))
    if known is None:
        rows = _READING.rows(session.connection(), {})
        known = session.info[_KEY] = _resolved({row.alias_id: row.customer_id for row in rows})
    return known


def _resolved(nearer: Mapping[UUID, UUID]) -> Aliases:
    leading = {each: _end(each, nearer) for each in nearer}
    members: dict[UUID, set[UUID]] = {}
    for alias, first in leading.items():
        members.setdefault(first, {first}).add(alias)
    return Aliases(leading, {first: frozenset(group) for first, group in members.items()})


def _end(customer_id: UUID, nearer: Mapping[UUID, UUID]) -> UUID:
    seen = {customer_id}
    while (following := nearer.get(customer_id)) is not None and following not in seen:
        customer_id = following
        seen.add(following)
    return customer_id


def forget_aliases() -> None:
    """Read the merges again: one was added or undone in this transaction."""
    db.session().info.pop(_KEY, None)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)


listen(Session, "after_transaction_end", _forget)
