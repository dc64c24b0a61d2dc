"""What somebody entered for a product, checked before anything is written."""

from dataclasses import dataclass
from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import is_currency
from flask_babel import gettext as _

from core.errors import InvalidInput
from core.money import MAX_AMOUNT, to_money
from core.text import tidy

LONGEST_WARRANTY = 600


@dataclass(frozen=True, kw_only=True)
class ProductDraft:
    """A product as entered on a screen, through the API or in a file."""

    sku: str
    name: str
    unit: str
    price: Decimal
    currency: str
    tax_rate: Decimal = Decimal(0)
    lots: bool = False
    serials: bool = False
    warranty_months: int = 0


def checked(draft: ProductDraft) -> ProductDraft:
    """Return the draft ready to be stored.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    ready = ProductDraft(
        sku=tidy(draft.sku),
        name=tidy(draft.name),
        unit=tidy(draft.unit),
        price=draft.price,
        currency=tidy(draft.currency).upper(),
        tax_rate=draft.tax_rate,
        lots=draft.lots,
        serials=draft.serials,
        warranty_months=draft.warranty_months,
    )
    if errors := _words_wrong(ready) | _figures_wrong(ready):
        raise InvalidInput(errors)
    return ready


def _words_wrong(draft: ProductDraft) -> dict[str, str]:
    errors = {}
    asked = {
        "sku": (draft.sku, 60, _("Enter the product number.")),
        "name": (draft.name, 200, _("Enter the product's name.")),
        "unit": (draft.unit, 20, _('Enter the unit, such as "piece" or "box".')),
    }
    for field, (text, longest, missing) in asked.items():
        if not text:
            errors[field] = missing
        elif len(text) > longest:
            errors[field] = _("Enter at most %(number)s characters.", number=longest)
    if draft.sku != draft.sku.strip("/.") or "//" in draft.sku:
        errors["sku"] = _("A product number cannot begin or end with a slash or a dot.")
    return errors


def _figures_wrong(draft: ProductDraft) -> dict[str, str]:
    errors = {}
    if not 0 <= draft.price <= MAX_AMOUNT or draft.price != to_money(draft.price):
        errors["price"] = _('Enter a price such as "12.50", with at most 2 decimals.')
    if not known_currency(draft.currency):
        errors["currency"] = _("Enter a currency by its three letters, such as CNY.")
    if (
        not 0 <= draft.tax_rate <= 100
        or draft.tax_rate.quantize(Decimal("0.001")) != draft.tax_rate
    ):
        errors["tax_rate"] = _("Enter a percentage from 0 to 100.")
    if not 0 <= draft.warranty_months <= LONGEST_WARRANTY:
        errors["warranty_months"] = _(
            "Enter the warranty in months, from 0 to %(number)s.", number=LONGEST_WARRANTY
        )
    return errors


def known_currency(code: str) -> bool:
    """Tell whether these are the three letters of a currency."""
    try:
        return len(code) == 3 and is_currency(code)
    except UnknownLocaleError:
        return False
