"""The places in a template, and how each is filled from what is known of a customer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import LazyString, format_date, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.clock import today
from core.company import company
from core.customers.addressing import Person, salutation
from core.customers.models import Customer
from core.customers.naming import addressed
from core.deals.picture import Picture
from core.messages.models import SMS
from core.money import format_money
from core.search.answers import balances_of

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Facts:
    """What a text may be filled from."""

    customer: Customer
    channel: str
    #: The order that it is about, or her latest.
    deal: Picture | None
    #: The link by which she can refuse advertising; empty where customers cannot reach us.
    link: str


@dataclass(frozen=True)
class Slot:
    """A place that a template may name."""

    name: str
    title: LazyString
    #: Returns what stands there; empty when nothing is known.
    fill: Callable[[Facts], str]


def _salutation(facts: Facts) -> str:
    row = facts.customer
    name = row.legal_person if row.kind == "company" else row.name
    return salutation(Person(name=name, surname=row.surname, title=row.title)) or ""


def _money(facts: Facts, amount: Decimal, currency: str) -> str:
    """Write an amount; text messages carry no signs such as ¥."""
    if facts.channel != SMS:
        return format_money(amount, currency)
    if currency == "CNY" and _writes_chinese():
        return f"{amount:,.2f}元"
    return f"{currency} {amount:,.2f}"


def _writes_chinese() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "zh"


def _owed(facts: Facts) -> str:
    if facts.deal is not None:
        deal = facts.deal
        return _money(facts, deal.owed, deal.currency) if deal.owed > 0 else ""
    found = [one for one in balances_of([facts.customer.id])[facts.customer.id] if one.owing]
    return _(", ").join(_money(facts, one.owed, one.currency) for one in found)


def _goods(facts: Facts) -> str:
    return _(", ").join(line.name for line in facts.deal.lines[:3]) if facts.deal else ""


def _promised(facts: Facts) -> str:
    day = facts.deal.promised_on if facts.deal else None
    return format_date(day, "long") if day else ""


_SLOTS = (
    Slot("name", _l("Name"), lambda facts: facts.customer.name),
    Slot("salutation", _l("Salutation"), _salutation),
    Slot("addressed", _l("How to address her"), lambda facts: addressed(facts.customer) or ""),
    Slot("order", _l("Order number"), lambda facts: facts.deal.number if facts.deal else ""),
    Slot("goods", _l("Goods"), _goods),
    Slot("amount", _l("What she owes"), _owed),
    Slot("date", _l("Promised day"), _promised),
    Slot("seller", _l("Salesperson"), lambda facts: facts.deal.salesperson if facts.deal else ""),
    Slot("today", _l("Today's date"), lambda _facts: format_date(today(), "long")),
    Slot("company", _l("Company"), lambda _facts: company().name),
    Slot("company_phone", _l("Company's telephone"), lambda _facts: company().phone),
    Slot("link", _l("Link to refuse advertising"), lambda facts: facts.link),
)
SLOTS: Mapping[str, Slot] = {slot.name: slot for slot in _SLOTS}


#: What only the task that asks for a message can say, and our own templates have a place for.
_GIVEN: Mapping[str, LazyString] = {"feedback": _l("Link to say how content she is")}


def places(text: str) -> list[str]:
    """Return the names of the places in a text, each once."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def filled(text: str, facts: Facts, words: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the text with its places filled, and the names of those that stay empty.

    What the caller says wins over what is known.
    """
    values: dict[str, str] = {}
    for name in places(text):
        said = str(words.get(name, "")).strip()
        known = SLOTS[name].fill(facts).strip() if not said and name in SLOTS else ""
        values[name] = said or known
    empty = [name for name, value in values.items() if not value]
    return _PLACE.sub(lambda place: values[place[1]] or place[0], text), empty


def titled(name: str) -> str:
    """Return what a place is called; one of a caller of whom we know nothing has its own name."""
    if name in _GIVEN:
        return str(_GIVEN[name])
    return str(SLOTS[name].title) if name in SLOTS else name
