"""What was entered for a customer, checked before anything is written."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from core.calendar.anniversaries import Birthday, NotABirthday
from core.clock import today
from core.customers.birthdays import columns_of, parse_birthday
from core.customers.drafts import AddressDraft, ContactDraft, CustomerDraft, PhoneDraft
from core.customers.emails import is_address
from core.customers.identity_numbers import (
    NotAnIdentityNumber,
    ResidentId,
    parse_credit_code,
    parse_resident_id,
)
from core.customers.labels import BRANDS, CALENDARS, KINDS
from core.customers.phones import NotAPhone, Phone, parse_phone
from core.errors import InvalidInput
from core.text import tidy, tidy_lines

LONGEST_NAME = 200
LONGEST_ADDRESS = 300
LONGEST_NOTE = 4000
MOST_ENTRIES = 20
_TAGS = re.compile(r"[,，、;；\n]")
#: The short words of a card and how long each may be.
_SHORT: Mapping[str, int] = {
    "surname": 40, "title": 40, "brand_name": 80, "area": 80, "legal_person": 120, "trade": 80,
    "terms": 200,
}  # fmt: skip
_WHOLE: Mapping[str, tuple[int, int]] = {
    "household_size": (1, 200), "pay_day": (1, 31), "staff": (0, 10_000_000),
}  # fmt: skip
_EXAMS = (1977, 2100)


@dataclass(frozen=True)
class CheckedContact:
    """Somebody beside the customer who can be stored."""

    draft: ContactDraft
    birthday: Birthday | None


@dataclass(frozen=True)
class CheckedCustomer:
    """A customer that can be stored."""

    name: str
    phones: tuple[tuple[Phone, str], ...]
    addresses: tuple[AddressDraft, ...]
    note: str
    code: str | None
    #: Column -> value of everything that is one value.
    facts: Mapping[str, object] = field(default_factory=dict)
    contacts: tuple[CheckedContact, ...] = ()
    tags: tuple[str, ...] = ()


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
    entry = CheckedCustomer(
        name=name,
        phones=_phones(draft.phones, errors),
        addresses=_addresses(draft.addresses, errors),
        note=note,
        code=code,
        facts=_facts(draft, errors),
        contacts=_contacts(draft.contacts, errors),
        tags=_tags(draft.tags, errors),
    )
    if errors:
        raise InvalidInput(errors)
    return entry


def _facts(draft: CustomerDraft, errors: dict[str, str]) -> dict[str, object]:
    facts: dict[str, object] = {}
    for name, longest in _SHORT.items():
        facts[name] = tidy(getattr(draft, name))
        _short_enough(errors, name, str(facts[name]), longest)
    facts["email"] = tidy(draft.email)
    if facts["email"] and not is_address(tidy(draft.email)):
        errors["email"] = _("Enter an e-mail address such as name@company.com.")
    facts["prefers"] = tidy_lines(draft.prefers)
    _short_enough(errors, "prefers", str(facts["prefers"]), LONGEST_NOTE)
    for name, (least, most) in _WHOLE.items():
        facts[name] = getattr(draft, name)
        _within(errors, name, getattr(draft, name), least, most)
    facts["kind"] = _one_of(errors, "kind", draft.kind, KINDS)
    facts["brand"] = _one_of(errors, "brand", draft.brand, ("", *BRANDS))
    facts["seller_id"], facts["opted_out"] = draft.seller_id, draft.opted_out
    resident = _resident_id(draft.resident_id, errors)
    facts["resident_id"] = resident.number if resident else None
    facts["uscc"] = _number(errors, "uscc", draft.uscc, lambda text: parse_credit_code(text).number)
    return {**facts, **columns_of(_birthday(draft, resident, errors))}


def _resident_id(text: str, errors: dict[str, str]) -> ResidentId | None:
    if not tidy(text):
        return None
    try:
        return parse_resident_id(text, today=today())
    except NotAnIdentityNumber as error:
        errors["resident_id"] = str(error)
        return None


def _number(
    errors: dict[str, str], name: str, text: str, parse: Callable[[str], str]
) -> str | None:
    if not tidy(text):
        return None
    try:
        return parse(text)
    except NotAnIdentityNumber as error:
        errors[name] = str(error)
        return None


def _birthday(
    draft: CustomerDraft, resident: ResidentId | None, errors: dict[str, str]
) -> Birthday | None:
    """The birthday entered, else the one in the ID number; nothing else is read from that."""
    if tidy(draft.birthday):
        calendar = _one_of(errors, "birth_calendar", draft.birth_calendar, CALENDARS)
        return _day(errors, "birthday", draft.birthday, calendar)
    return Birthday.of(resident.birthday, "solar") if resident else None


def _day(errors: dict[str, str], name: str, text: str, calendar: str = "solar") -> Birthday | None:
    if not tidy(text):
        return None
    try:
        found = parse_birthday(text, calendar)
        born = found.born
    except NotABirthday as error:
        errors[name] = str(error)
        return None
    if born is not None and born > today():
        errors[name] = _("This day has not come yet. Check the year.")
    return found


def _contacts(drafts: Sequence[ContactDraft], errors: dict[str, str]) -> tuple[CheckedContact, ...]:
    _few_enough(errors, "contacts", drafts)
    found = []
    for at, draft in enumerate(drafts):
        field_ = f"contacts.{at}"
        contact = ContactDraft(
            relation=tidy(draft.relation),
            name=tidy(draft.name),
            phone=tidy(draft.phone),
            exam_year=draft.exam_year,
            note=tidy(draft.note),
        )
        if not contact.name and not contact.relation:
            errors[f"{field_}.name"] = _("Enter a name, or what he or she is to the customer.")
        for name, longest in (("relation", 60), ("name", 120), ("phone", 40), ("note", 200)):
            _short_enough(errors, f"{field_}.{name}", getattr(contact, name), longest)
        _within(errors, f"{field_}.exam_year", contact.exam_year, *_EXAMS)
        if contact.phone:
            _phone(errors, f"{field_}.phone", contact.phone)
        birthday = _day(errors, f"{field_}.birthday", draft.birthday)
        found.append(CheckedContact(contact, birthday))
    return tuple(found)


def _tags(given: Sequence[str], errors: dict[str, str]) -> tuple[str, ...]:
    tags = [tidy(part) for each in given for part in _TAGS.split(each)]
    found = tuple(dict.fromkeys(tag for tag in tags if tag))
    _few_enough(errors, "tags", found)
    for tag in found:
        _short_enough(errors, "tags", tag, 60)
    return found


def _phones(drafts: Sequence[PhoneDraft], errors: dict[str, str]) -> tuple[tuple[Phone, str], ...]:
    _few_enough(errors, "phones", drafts)
    found: dict[tuple[str, str], tuple[Phone, str]] = {}
    for at, draft in enumerate(drafts):
        label = tidy(draft.label)
        _short_enough(errors, f"phones.{at}", label, 60)
        if phone := _phone(errors, f"phones.{at}", draft.number):
            found.setdefault((phone.number, phone.extension), (phone, label))
    return tuple(found.values())


def _phone(errors: dict[str, str], name: str, text: str) -> Phone | None:
    try:
        return parse_phone(tidy(text))
    except NotAPhone as error:
        errors[name] = str(error)
        return None


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


def _one_of(errors: dict[str, str], name: str, value: str, codes: Collection[str]) -> str:
    if value not in codes:
        errors[name] = _("Choose one from the list.")
    return value


def _within(errors: dict[str, str], name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        errors[name] = _("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)


def _short_enough(errors: dict[str, str], field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        errors[field] = _("Enter at most %(number)s characters.", number=longest)


def _few_enough(errors: dict[str, str], field: str, entries: Sequence[object]) -> None:
    if len(entries) > MOST_ENTRIES:
        errors[field] = _("Enter at most %(number)s.", number=MOST_ENTRIES)
