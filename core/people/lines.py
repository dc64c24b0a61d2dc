"""The number or extension under which somebody is called, as it is compared."""

import re

from core.customers.phones import SHORTEST, NotAPhone, parse_phone

_LONGEST = 24


def line_of(text: str) -> str:
    """Return "8012" for an extension and "+862164380012" for a whole number; empty for neither."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < SHORTEST:
        return digits
    try:
        return parse_phone(text).number[:_LONGEST]
    except NotAPhone:
        return digits[:_LONGEST]
