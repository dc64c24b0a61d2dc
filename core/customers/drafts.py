"""What somebody entered for a customer, checked before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from core.customers.phones import NotAPhone, Phone, parse_phone
from core.errors import InvalidInput
from core.text import tidy, tidy_lines

LONGEST_NAME = 200
LONGEST_ADDRESS = 300
LONGEST_NOTE = 4000
MOST_ENTRIES = 20


@dataclass(frozen=True)
class PhoneDraft:
    """A telephone number as entered."""

    number: str
    label: str = ""


@dataclass(frozen=True)
class AddressDraft:
    """An address as entered."""

    text: str
    label: str = ""
    contact: str = ""


@dataclass(frozen=True)
class CustomerDraft:
    """A customer as entered on a screen, through the API or in a file."""

    name: str
    phones: Sequence[PhoneDraft] = ()
    addresses: Sequence[AddressDraft] = ()
    note: str = ""
    code: str | None = None


@dataclass(frozen=True)
class CheckedCustomer:
    """A customer that can be stored."""

    name: str
    phones: tuple[tuple[Phone, str], ...]
    addresses: tuple[AddressDraft, ...]
    note: str
    code: str | None


def checked(draft: CustomerDraft) -> CheckedCustomer:
    """Return the draft ready to be stored.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    errors: dict[str, str] = {}
    name = tidy(draft.name)
    if not name:
        errors["name"] = _("Enter the customer's name.")
    _short_enough(errors, "name", name, LONGEST_NAME)
    note = tidy_lines(draft.note)
    _short_enough(errors, "note", note, LONGEST_NOTE)
    code = tidy(draft.code or "") or None
    _short_enough(errors, "code", code or "", 60)
    phones = _phones(draft.phones, errors)
    addresses = _addresses(draft.addresses, errors)
    if errors:
        raise InvalidInput(errors)
    return CheckedCustomer(name, phones, addresses, note, code)


def _phones(drafts: Sequence[PhoneDraft], errors: dict[str, str]) -> tuple[tuple[Phone, str], ...]:
    _few_enough(errors, "phones", drafts)
    found: dict[tuple[str, str], tuple[Phone, str]] = {}
    for at, draft in enumerate(drafts):
        label = tidy(draft.label)
        _short_enough(errors, f"phones.{at}", label, 60)
        try:
            phone = parse_phone(tidy(draft.number))
        except NotAPhone as error:
            errors[f"phones.{at}"] = str(error)
        else:
            found.setdefault((phone.number, phone.extension), (phone, label))
    return tuple(found.values())


def _addresses(drafts: Sequence[AddressDraft], errors: dict[str, str]) -> tuple[AddressDraft, ...]:
    _few_enough(errors, "addresses", drafts)
    found = []
    for at, draft in enumerate(drafts):
        address = AddressDraft(tidy(draft.text), tidy(draft.label), tidy(draft.contact))
        if not address.text:
            errors[f"addresses.{at}"] = _("Enter the address.")
        _short_enough(errors, f"addresses.{at}", address.text, LONGEST_ADDRESS)
        _short_enough(errors, f"addresses.{at}", address.label, 60)
        _short_enough(errors, f"addresses.{at}", address.contact, 120)
        found.append(address)
    return tuple(found)


def _short_enough(errors: dict[str, str], field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        errors[field] = _("Enter at most %(number)s characters.", number=longest)


def _few_enough(errors: dict[str, str], field: str, entries: Sequence[object]) -> None:
    if len(entries) > MOST_ENTRIES:
        errors[field] = _("Enter at most %(number)s.", number=MOST_ENTRIES)
