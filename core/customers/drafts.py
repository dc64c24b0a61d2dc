"""What somebody entered for a customer: as typed, not yet checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID


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
class ContactDraft:
    """Somebody of her family or company as entered."""

    relation: str = ""
    name: str = ""
    phone: str = ""
    #: As core.customers.birthdays reads it.
    birthday: str = ""
    exam_year: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a customer beside name, phones and addresses."""

    kind: str = "person"
    surname: str = ""
    title: str = ""
    household_size: int | None = None
    pay_day: int | None = None
    resident_id: str = ""
    email: str = ""
    #: As core.customers.birthdays reads it; without a word it is by the calendar named.
    birthday: str = ""
    birth_calendar: str = "solar"
    brand: str = ""
    brand_name: str = ""
    prefers: str = ""
    area: str = ""
    seller_id: UUID | None = None
    uscc: str = ""
    legal_person: str = ""
    trade: str = ""
    staff: int | None = None
    terms: str = ""
    opted_out: bool = False
    contacts: Sequence[ContactDraft] = ()
    tags: Sequence[str] = ()


class FactsGiven(TypedDict, total=False):
    """Those of the facts that somebody gives; the others stay as they are."""

    kind: str
    surname: str
    title: str
    household_size: int | None
    pay_day: int | None
    resident_id: str
    email: str
    birthday: str
    birth_calendar: str
    brand: str
    brand_name: str
    prefers: str
    area: str
    seller_id: UUID | None
    uscc: str
    legal_person: str
    trade: str
    staff: int | None
    terms: str
    opted_out: bool
    contacts: Sequence[ContactDraft]
    tags: Sequence[str]


@dataclass(frozen=True)
class CustomerDraft(Facts):
    """A customer as entered on a screen, through the API or in a file."""

    name: str
    phones: Sequence[PhoneDraft] = ()
    addresses: Sequence[AddressDraft] = ()
    note: str = ""
    code: str | None = None
