"""What can be done with customers' cards."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Unpack
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bus import publish
from core.clock import now
from core.customers import rows
from core.customers.checking import checked
from core.customers.drafts import AddressDraft, CustomerDraft, FactsGiven, PhoneDraft
from core.customers.errors import CustomerCodeTaken
from core.customers.events import CardChanged
from core.customers.models import (
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerPhone,
    CustomerTag,
)
from core.customers.queries import customer, draft_of, ids_by_code
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.search import index
from core.versions import claim

#: What an import writes beside the cards: each table, and how its rows are made.
_BESIDE = (
    (CustomerPhone, rows.phone_rows),
    (CustomerAddress, rows.address_rows),
    (CustomerContact, rows.contact_rows),
    (CustomerTag, rows.tag_rows),
)


def create_customer(
    name: str,
    phones: Sequence[PhoneDraft | str] = (),
    addresses: Sequence[AddressDraft | str] = (),
    *,
    note: str = "",
    code: str | None = None,
    **facts: Unpack[FactsGiven],
) -> Customer:
    """Open a card for a new customer.

    Raises:
        InvalidInput: naming every field that must be corrected.
        CustomerCodeTaken: when another card has the code.
    """
    entry = checked(
        CustomerDraft(name, _phones(phones), _addresses(addresses), note, code, **facts)
    )
    if entry.code and ids_by_code([entry.code]):
        raise CustomerCodeTaken(customer_code=entry.code)
    row = Customer(id=new_id(), code=entry.code, created_at=now())
    rows.write(row, entry)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody entered the code in the same moment
        raise CustomerCodeTaken(customer_code=entry.code) from None
    index.put_many([rows.findable(row.id, entry)])
    publish(CardChanged(customer_id=row.id, customer_name=row.name, fields=(), opened=True))
    hint("customers", str(row.id))
    return row


def create_customers(drafts: Sequence[CustomerDraft]) -> list[UUID]:
    """Open many cards at once, for imports; the ids come back in the order of the drafts."""
    entries = [(new_id(), checked(draft)) for draft in drafts]
    if not entries:
        return []
    db.session.execute(insert(Customer), [rows.card(id_, entry) for id_, entry in entries])
    for table, made in _BESIDE:
        if values := [row for id_, entry in entries for row in made(id_, entry)]:
            db.session.execute(insert(table), values)
    index.put_many(rows.findable(id_, entry) for id_, entry in entries)
    return [id_ for id_, _entry in entries]


def change_customer(
    customer_id: UUID,
    *,
    version: int | None = None,
    name: str | None = None,
    phones: Sequence[PhoneDraft | str] | None = None,
    addresses: Sequence[AddressDraft | str] | None = None,
    note: str | None = None,
    **facts: Unpack[FactsGiven],
) -> Customer:
    """Change what is given; `version` is the one that the person saw.

    Raises:
        CustomerNotFound: when there is no such card.
        EditedMeanwhile: when somebody saved the card after that version.
        InvalidInput: naming every field that must be corrected.
    """
    row = customer(customer_id)
    old = draft_of(row)
    draft = replace(
        old,
        name=old.name if name is None else name,
        phones=old.phones if phones is None else _phones(phones),
        addresses=old.addresses if addresses is None else _addresses(addresses),
        note=old.note if note is None else note,
        **facts,
    )
    claim(row, version)
    entry = checked(draft)
    rows.write(row, entry)
    db.session.flush()
    index.put_many([rows.findable(row.id, entry)])
    if changed := _changed(old, draft_of(row)):
        publish(CardChanged(customer_id=row.id, customer_name=row.name, fields=changed))
    hint("customers", str(row.id))
    return row


def _changed(old: CustomerDraft, new: CustomerDraft) -> tuple[str, ...]:
    """The names of the fields that differ; a birthday is one, whatever its calendar."""
    names = [
        each.name
        for each in fields(CustomerDraft)
        if getattr(old, each.name) != getattr(new, each.name)
    ]
    return tuple(sorted(set(names) - {"birth_calendar"}))


def _phones(given: Sequence[PhoneDraft | str]) -> list[PhoneDraft]:
    return [PhoneDraft(one) if isinstance(one, str) else one for one in given]


def _addresses(given: Sequence[AddressDraft | str]) -> list[AddressDraft]:
    return [AddressDraft(one) if isinstance(one, str) else one for one in given]
