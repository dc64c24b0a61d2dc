"""What the fields of a card are called, and what its codes mean, wherever they are shown."""

from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

FIELDS: Final[dict[str, LazyString]] = {
    "name": _l("Name"),
    "kind": _l("Person or company"),
    "phones": _l("Phones"),
    "addresses": _l("Addresses"),
    "note": _l("Note"),
    "surname": _l("Surname"),
    "title": _l("Title"),
    "household_size": _l("People in the household"),
    "pay_day": _l("Pay-day"),
    "resident_id": _l("Resident ID"),
    "email": _l("E-mail"),
    "birthday": _l("Birthday"),
    "brand": _l("Brand in use"),
    "brand_name": _l("Which brand"),
    "prefers": _l("Preferences"),
    "area": _l("Area"),
    "seller_id": _l("Her salesperson"),
    "uscc": _l("Unified social credit code"),
    "legal_person": _l("Legal person"),
    "trade": _l("Trade"),
    "staff": _l("Number of staff"),
    "terms": _l("Terms"),
    "opted_out": _l("No advertising"),
    "contacts": _l("Family and contacts"),
    "tags": _l("Tags"),
}
KINDS: Final = {"person": _l("A person"), "company": _l("A company")}
BRANDS: Final = {
    "ours": _l("Ours"),
    "other": _l("Another brand"),
    "none": _l("None yet"),
}
STAGES: Final = {
    "prospect": _l("Prospect"),
    "possible": _l("Possible"),
    "existing": _l("Existing customer"),
    "lapsed": _l("Lapsed"),
}
#: Why two cards may be one customer.
REASONS: Final = {
    "resident_id": _l("same ID number"),
    "uscc": _l("same social credit code"),
    "phone": _l("same telephone"),
    "name_area": _l("sounds the same, same area"),
    "name_tail": _l("sounds the same, number ends alike"),
    "name": _l("same name"),
}
#: What her people are to her, for whoever types it.
RELATIONS: Final = (
    *(_l("Husband"), _l("Wife"), _l("Child"), _l("Mother"), _l("Father"), _l("Buyer")),
    *(_l("Bookkeeper"), _l("Assistant")),
)
CALENDARS: Final = {"solar": _l("Solar"), "lunar": _l("Lunar")}
GRADES: Final = ("A", "B", "C")


def field_named(name: str) -> str:
    """Return what a field is called; its own name when it is not of this version."""
    return str(FIELDS.get(name, name))
