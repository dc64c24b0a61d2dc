"""A checked customer as the rows in which she is stored, and as the search box knows her."""

from uuid import UUID

from core.clock import now
from core.customers.birthdays import columns_of
from core.customers.checking import CheckedCustomer
from core.customers.models import (
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerPhone,
    CustomerTag,
)
from core.customers.phones import parse_phone
from core.ids import new_id
from core.search import index
from core.search.chinese import sort_key
from core.search.folding import fold

Row = dict[str, object]


def write(row: Customer, entry: CheckedCustomer) -> None:
    """Make a stored card what was checked."""
    row.name, row.note = entry.name, entry.note
    row.sort_name = sort_name(entry.name)
    for column, value in entry.facts.items():
        setattr(row, column, value)
    row.phones = [CustomerPhone(**values) for values in phone_rows(row.id, entry)]
    row.addresses = [CustomerAddress(**values) for values in address_rows(row.id, entry)]
    row.contacts = [CustomerContact(**values) for values in contact_rows(row.id, entry)]
    kept = {each.tag: each for each in row.tag_rows}
    row.tag_rows = [kept.get(tag) or CustomerTag(customer_id=row.id, tag=tag) for tag in entry.tags]


def card(id_: UUID, entry: CheckedCustomer) -> Row:
    """Return the card's own row."""
    return {
        "id": id_,
        "code": entry.code,
        "name": entry.name,
        "sort_name": sort_name(entry.name),
        "note": entry.note,
        "created_at": now(),
        **entry.facts,
    }


def sort_name(name: str) -> str:
    """Return a name as it is put in order, and by which those that sound alike are the same."""
    return fold(sort_key(name))[:120]


def phone_rows(customer_id: UUID, entry: CheckedCustomer) -> list[Row]:
    """Return the rows of her telephones."""
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


def address_rows(customer_id: UUID, entry: CheckedCustomer) -> list[Row]:
    """Return the rows of her addresses."""
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


def contact_rows(customer_id: UUID, entry: CheckedCustomer) -> list[Row]:
    """Return the rows of her people."""
    return [
        {
            "id": new_id(),
            "customer_id": customer_id,
            "position": position,
            "relation": each.draft.relation,
            "name": each.draft.name,
            "phone": each.draft.phone,
            "number": parse_phone(each.draft.phone).number if each.draft.phone else "",
            "exam_year": each.draft.exam_year,
            "note": each.draft.note,
            **columns_of(each.birthday),
        }
        for position, each in enumerate(entry.contacts)
    ]


def tag_rows(customer_id: UUID, entry: CheckedCustomer) -> list[Row]:
    """Return the rows of her tags."""
    return [{"customer_id": customer_id, "tag": tag} for tag in entry.tags]


def findable(id_: UUID, entry: CheckedCustomer) -> index.Entry:
    """Return by which words she is found."""
    digits = [each for phone, _label in entry.phones for each in phone.digits]
    return index.Entry(
        kind="customer",
        ref=str(id_),
        title=entry.name,
        subtitle=entry.phones[0][0].typed if entry.phones else "",
        words=[*digits, *([entry.code] if entry.code else [])],
        customer_id=id_,
    )
