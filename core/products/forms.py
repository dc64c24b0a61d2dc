"""Between a product's form on the page and the product in the books."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from core.money import money_text, quantity_text
from core.products.drafts import ProductDraft


def differences(stored: ProductDraft, entered: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the product says now wherever it differs from what was entered."""
    labels = {
        "name": _("Name"),
        "unit": _("Unit"),
        "price": _("Price"),
        "currency": _("Currency"),
        "tax_rate": _("Tax rate"),
        "lots": _("Kept by lot"),
        "serials": _("Kept by serial number"),
        "warranty_months": _("Warranty in months"),
    }
    return [
        (label, _words(name, getattr(stored, name)))
        for name, label in labels.items()
        if name in entered and getattr(stored, name) != entered[name]
    ]


def _words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return money_text(value) if name == "price" else f"{quantity_text(value)} %"
    return str(value)
