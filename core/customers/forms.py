"""Between a customer's form on the page and the card in the books."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from core.customers.drafts import CustomerDraft
from core.customers.models import Customer
from core.customers.phones import NotAPhone, parse_phone
from core.customers.queries import draft_of
from core.errors import DomainError, InvalidInput
from core.web.forms import Form, blank_form

_ENTRY = re.compile(r"^(phones|addresses)\.(\d+)$")
_FIELD = {"phones": "number", "addresses": "text"}


def form_of(row: Customer) -> Form:
    """Return the form with what is stored."""
    draft = draft_of(row)
    return blank_form(
        {
            "name": draft.name,
            "note": draft.note,
            "version": row.version,
            "phones": [vars(each) for each in draft.phones],
            "addresses": [vars(each) for each in draft.addresses],
        }
    )


def entered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form means to the services."""
    return {name: data[name] for name in ("name", "phones", "addresses", "note")}


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


def differences(row: Customer, mine: CustomerDraft) -> list[tuple[str, str]]:
    """Return what the card says now wherever it differs from what was entered."""
    stored = draft_of(row)
    pairs = (
        (_("Name"), stored.name, mine.name),
        (_("Phones"), _phones(stored), _phones(mine)),
        (_("Addresses"), _addresses(stored), _addresses(mine)),
        (_("Note"), stored.note, mine.note),
    )
    return [(label, theirs or _("nothing")) for label, theirs, own in pairs if theirs != own]


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


def _phones(draft: CustomerDraft) -> str:
    return " · ".join(_with(each.number, each.label) for each in draft.phones)


def _addresses(draft: CustomerDraft) -> str:
    return " · ".join(_with(each.text, each.label, each.contact) for each in draft.addresses)


def _with(text: str, *more: str) -> str:
    extra = ", ".join(each for each in more if each)
    return f"{text} ({extra})" if extra else text
