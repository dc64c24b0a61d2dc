"""Two cards found to be one customer, and the same undone. No row of anybody's books is touched."""

from uuid import UUID

from sqlalchemy import select

from bus import publish
from core.clock import now
from core.customers.errors import AlreadyMerged, NotMerged
from core.customers.events import CardsMerged, CardsUnmerged
from core.customers.models import Customer, CustomerAlias, CustomersApart
from core.customers.queries import customer
from core.customers.resolution import forget_aliases, resolve, same_customer
from core.db import db
from core.live.hints import hint
from core.people import current_person_or_none


def merge(leading_id: UUID, alias_id: UUID) -> Customer:
    """Let one card stand for another, with everything that is known under either.

    Raises:
        CustomerNotFound: when one of them does not exist.
        AlreadyMerged: when they are one customer already.
    """
    _hold(leading_id, alias_id)
    leading, alias = customer(leading_id), customer(alias_id)
    if leading.id == alias.id:
        raise AlreadyMerged(name=leading.name)
    _hold(leading.id, alias.id)
    db.session.add(
        CustomerAlias(
            alias_id=alias.id,
            customer_id=leading.id,
            merged_with=leading.id,
            merged_at=now(),
            merged_by=_who(),
        )
    )
    _lead_anew()
    publish(
        CardsMerged(
            customer_id=leading.id,
            customer_name=leading.name,
            alias_id=alias.id,
            alias_name=alias.name,
        )
    )
    _tell(leading.id, alias.id)
    return leading


def unmerge(alias_id: UUID) -> Customer:
    """Let a card stand for itself again, with those that were merged into it before.

    Raises:
        NotMerged: when it is part of no merge.
    """
    _hold(alias_id, resolve(alias_id))
    row = db.session.get(CustomerAlias, alias_id)
    if row is None:
        raise NotMerged(customer_id=str(alias_id))
    leading = customer(alias_id)
    db.session.delete(row)
    _lead_anew()
    alias = customer(alias_id)
    publish(
        CardsUnmerged(
            customer_id=leading.id,
            customer_name=leading.name,
            alias_id=alias.id,
            alias_name=alias.name,
        )
    )
    _tell(leading.id, alias.id)
    return alias


def keep_apart(one_id: UUID, other_id: UUID) -> None:
    """Note that two cards that look alike are two customers, so that nobody asks again."""
    first, second = sorted((customer(one_id).id, customer(other_id).id))
    if db.session.get(CustomersApart, (first, second)) is None:
        db.session.add(
            CustomersApart(first_id=first, second_id=second, said_at=now(), said_by=_who())
        )


def _hold(*ids: UUID) -> None:
    """Let nobody else merge these cards meanwhile: two merges crossing would make a ring."""
    query = select(Customer.id).where(Customer.id.in_(ids)).order_by(Customer.id)
    db.session.execute(query.with_for_update()).all()
    forget_aliases()


def _lead_anew() -> None:
    """Point every merged card straight at the one that stands for it today."""
    db.session.flush()
    rows = {row.alias_id: row for row in db.session.scalars(select(CustomerAlias))}
    for row in rows.values():
        leading = row.merged_with or row.customer_id
        while leading in rows:
            leading = rows[leading].merged_with or rows[leading].customer_id
        row.customer_id = leading
    db.session.flush()
    forget_aliases()


def _tell(leading_id: UUID, alias_id: UUID) -> None:
    for each in {leading_id, *same_customer(leading_id), *same_customer(alias_id)}:
        hint("customers", str(each))
    hint("deals", "")


def _who() -> UUID | None:
    person = current_person_or_none()
    return person.id if person else None
