"""The owner's terms of warranties; they count for what is delivered from now on."""

from calendar import monthrange
from datetime import date

from flask_babel import gettext as _

from core.db import db
from core.errors import InvalidInput
from core.products.queries import product
from core.text import tidy, tidy_lines
from modules.service.models import WarrantyTerms
from modules.service.models.warranties import ANY_PRODUCT, INHERITS, RESTARTS

LONGEST_TERMS = 2000
MOST_MONTHS = 600


def months_later(day: date, months: int) -> date:
    """Return the last day of a term of so many months: the day on which it began, months later.

    The day itself is not counted (Civil Code, Art. 201 and 202); a day that its month lacks is
    that month's last.
    """
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def set_terms(
    sku: str,
    *,
    main_part: str = "",
    main_months: int = 0,
    free: str = "",
    charged: str = "",
    on_exchange: str = RESTARTS,
) -> WarrantyTerms:
    """Set what is promised for a product, or with "" for all that have no terms of their own.

    Raises:
        ProductNotFound: when there is no such product.
        InvalidInput: naming every field that must be corrected.
    """
    if sku:
        sku = product(sku).sku
    main_part = tidy(main_part)
    errors: dict[str, str] = {}
    if bool(main_part) != bool(main_months):
        errors["main_months" if main_part else "main_part"] = _(
            "Name the main part and its months, or neither."
        )
    if not 0 <= main_months <= MOST_MONTHS:
        errors["main_months"] = _("Enter a number from 0 to %(most)s.", most=MOST_MONTHS)
    if on_exchange not in (INHERITS, RESTARTS):
        errors["on_exchange"] = _("Choose one of the two.")
    for name, text in (("free", free), ("charged", charged)):
        if len(text) > LONGEST_TERMS:
            errors[name] = _("Enter at most %(number)s characters.", number=LONGEST_TERMS)
    if errors:
        raise InvalidInput(errors)
    row = db.session.get(WarrantyTerms, sku or ANY_PRODUCT) or WarrantyTerms(sku=sku)
    row.main_part, row.main_months, row.on_exchange = main_part, main_months, on_exchange
    row.free, row.charged = tidy_lines(free), tidy_lines(charged)
    db.session.add(row)
    db.session.flush()
    return row
