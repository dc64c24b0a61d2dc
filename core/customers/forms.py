"""Between a customer's form on the page and the card in the books."""

import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from flask_babel import gettext as _
from marshmallow import fields, post_load

from core.customers.access import may_see_private
from core.customers.drafts import AddressDraft, ContactDraft, Facts, PhoneDraft
from core.customers.duplicates import Typed
from core.customers.labels import field_named
from core.customers.models import Customer
from core.customers.phones import NotAPhone, parse_phone
from core.customers.queries import draft_of
from core.customers.schemas import CustomerSchema
from core.errors import DomainError, InvalidInput
from core.web.forms import Form, blank_form

_ENTRY = re.compile(r"^(phones|addresses)\.(\d+)$")
_FIELD = {"phones": "number", "addresses": "text"}


class CustomerFormSchema(CustomerSchema):
    """The form of a customer; a field left empty is empty, and a version not seen is missing."""

    name = fields.String(load_default="")
    version = fields.Integer(load_default=None)
    #: The ID number is never in the form: what is not typed anew stays.
    resident_id_gone = fields.Boolean(load_default=False)

    @post_load
    def emptied(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Fill in what was left empty."""
        return {**_EMPTY, **data}


def form_of(row: Customer) -> Form:
    """Return the form with what is stored; the ID number stays where it is."""
    draft = draft_of(row)
    plain = {name: getattr(draft, name) for name in _EMPTY}
    return blank_form(
        {
            **plain,
            "resident_id": "",
            "name": draft.name,
            "note": draft.note,
            "version": row.version,
            "tags": ", ".join(draft.tags),
            "phones": [vars(each) for each in draft.phones],
            "addresses": [vars(each) for each in draft.addresses],
            "contacts": [vars(each) for each in draft.contacts],
        }
    )


def entered(data: Mapping[str, Any], row: Customer | None = None) -> dict[str, Any]:
    """Return what the form means to the services; what the person may not see stays."""
    given = {name: value for name, value in data.items() if name in _ENTERED}
    if row is not None and not given["resident_id"] and not data["resident_id_gone"]:
        given.pop("resident_id")
    if row is not None and not may_see_private(row):
        given.pop("note")
        given.pop("contacts")
    return given


def at_fields(refusal: DomainError) -> DomainError:
    """Put the message about an entry where the page has its field."""
    if not isinstance(refusal, InvalidInput):
        return refusal
    return InvalidInput(
        {
            _ENTRY.sub(lambda found: f"{found[0]}.{_FIELD[found[1]]}", field): message
            for field, message in refusal.errors.items()
        }
    )


def differences(row: Customer, mine: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the card says now wherever it differs from what was entered."""
    stored = draft_of(row)
    told = []
    for name, own in mine.items():
        theirs = getattr(stored, name)
        if name not in ("resident_id", "birth_calendar") and _listed(theirs) != _listed(own):
            told.append((field_named(name), _in_words(theirs) or _("nothing")))
    return told


def typed_so_far(typed: Mapping[str, str]) -> Typed:
    """Return what a form that is being filled in says of who she is."""
    return Typed(
        name=typed.get("name", ""),
        area=typed.get("area", ""),
        numbers=numbers_typed(typed),
        resident_id=typed.get("resident_id", ""),
        uscc=typed.get("uscc", ""),
    )


def numbers_typed(typed: Mapping[str, str]) -> list[str]:
    """Return the numbers in a form that is being filled in, as they are compared."""
    numbers = []
    for name, text in typed.items():
        if name.endswith("-number"):
            try:
                numbers.append(parse_phone(text).number)
            except NotAPhone:
                continue
    return numbers


def _listed(value: object) -> object:
    """Return what can be compared: a tuple of entries is as good as a list of them."""
    return list(value) if isinstance(value, list | tuple) else value


def _in_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return " · ".join(_in_words(each) for each in value)
    if isinstance(value, PhoneDraft):
        return _with(value.number, value.label)
    if isinstance(value, AddressDraft):
        return _with(value.text, value.label, value.contact)
    if isinstance(value, ContactDraft):
        return _with(value.name or value.relation, value.relation, value.birthday)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _with(text: str, *more: str) -> str:
    extra = ", ".join(each for each in more if each)
    return f"{text} ({extra})" if extra else text


#: What every field of the facts is when nothing stands in it.
_EMPTY = {each.name: each.default for each in dataclass_fields(Facts)}
_ENTERED = {*_EMPTY, "name", "phones", "addresses", "note"}
