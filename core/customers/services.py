"""What can be done with customers' cards."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core.clock import now
from core.customers.drafts import (
    AddressDraft,
    CheckedCustomer,
    CustomerDraft,
    PhoneDraft,
    checked,
)
from core.customers.errors import CustomerCodeTaken
from core.customers.models import Customer, CustomerAddress, CustomerPhone
from core.customers.queries import customer, draft_of, ids_by_code
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.search import index
from core.search.chinese import sort_key
from core.search.folding import fold
from core.versions import claim


def create_customer(
    name: str,
    phones: Sequence[PhoneDraft | str] = (),
    addresses: Sequence[AddressDraft | str] = (),
    *,
    note: str = "",
    code: str | None = None,
) -> Customer:
    """Open a card for a new customer.

    Raises:
        InvalidInput: naming every field that must be corrected.
        CustomerCodeTaken: when another card has the code.
    """
    entry = checked(_draft(name, phones, addresses, note, code))
    if entry.code and ids_by_code([entry.code]):
        raise CustomerCodeTaken(customer_code=entry.code)
    row = Customer(id=new_id(), code=entry.code, created_at=now())
    _write(row, entry)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody entered the code in the same moment
        raise CustomerCodeTaken(customer_code=entry.code) from None
    index.put_many([_findable(row.id, entry)])
    hint("customers", str(row.id))
    return row


def create_customers(drafts: Sequence[CustomerDraft]) -> list[UUID]:
    """Open many cards at once, for imports; the ids come back in the order of the drafts."""
    entries = [(new_id(), checked(draft)) for draft in drafts]
    if not entries:
        return []
    db.session.execute(insert(Customer), [_card(id_, entry) for id_, entry in entries])
    if phones := [row for id_, entry in entries for row in _phone_rows(id_, entry)]:
        db.session.execute(insert(CustomerPhone), phones)
    if addresses := [row for id_, entry in entries for row in _address_rows(id_, entry)]:
        db.session.execute(insert(CustomerAddress), addresses)
    index.put_many(_findable(id_, entry) for id_, entry in entries)
    return [id_ for id_, _entry in entries]


def change_customer(
    customer_id: UUID,
    *,
    version: int | None = None,
    name: str | None = None,
    phones: Sequence[PhoneDraft | str] | None = None,
    addresses: Sequence[AddressDraft | str] | None = None,
    note: str | None = None,
) -> Customer:
    """Change what is given; `version` is the one that the person saw.

    Raises:
        CustomerNotFound: when there is no such card.
        EditedMeanwhile: when somebody saved the card after that version.
        InvalidInput: naming every field that must be corrected.
    """
    row = customer(customer_id)
    old = draft_of(row)
    draft = _draft(
        old.name if name is None else name,
        old.phones if phones is None else phones,
        old.addresses if addresses is None else addresses,
        old.note if note is None else note,
        row.code,
    )
    claim(row, version)
    entry = checked(draft)
    _write(row, entry)
    db.session.flush()
    index.put_many([_findable(row.id, entry)])
    hint("customers", str(row.id))
    return row


def _draft(
    name: str,
    phones: Sequence[PhoneDraft | str],
    addresses: Sequence[AddressDraft | str],
    note: str,
    code: str | None,
) -> CustomerDraft:
    return CustomerDraft(
        name=name,
        phones=[PhoneDraft(one) if isinstance(one, str) else one for one in phones],
        addresses=[AddressDraft(one) if isinstance(one, str) else one for one in addresses],
        note=note,
        code=code,
    )


def _write(row: Customer, entry: CheckedCustomer) -> None:
    row.name, row.note = entry.name, entry.note
    row.sort_name = _sort_name(entry.name)
    row.phones = [CustomerPhone(**values) for values in _phone_rows(row.id, entry)]
    row.addresses = [CustomerAddress(**values) for values in _address_rows(row.id, entry)]


def _card(id_: UUID, entry: CheckedCustomer) -> dict[str, object]:
    return {
        "id": id_,
        "code": entry.code,
        "name": entry.name,
        "sort_name": _sort_name(entry.name),
        "note": entry.note,
        "created_at": now(),
    }


def _sort_name(name: str) -> str:
    return fold(sort_key(name))[:120]


def _phone_rows(customer_id: UUID, entry: CheckedCustomer) -> list[dict[str, object]]:
    return [
        {
            "id": new_id(),
            "customer_id": customer_id,
            "position": position,
            "typed": phone.typed,
            "number": phone.number,
            "extension": phone.extension,
            "label": label,
        }
        for position, (phone, label) in enumerate(entry.phones)
    ]


def _address_rows(customer_id: UUID, entry: CheckedCustomer) -> list[dict[str, object]]:
    return [
        {
            "id": new_id(),
            "customer_id": customer_id,
            "position": position,
            "text": address.text,
            "label": address.label,
            "contact": address.contact,
        }
        for position, address in enumerate(entry.addresses)
    ]


def _findable(id_: UUID, entry: CheckedCustomer) -> index.Entry:
    digits = [each for phone, _label in entry.phones for each in phone.digits]
    return index.Entry(
        kind="customer",
        ref=str(id_),
        title=entry.name,
        subtitle=entry.phones[0][0].typed if entry.phones else "",
        words=[*digits, *([entry.code] if entry.code else [])],
        customer_id=id_,
    )
