"""One form for every cell: text, as a person would have typed it."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

#: What programs put before a value so that a spreadsheet leaves it alone.
_GUARD = re.compile(r"`|'(?=[=+\-@\d\t\r])")
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\x00"))
#: A number of which a spreadsheet has already thrown digits away.
_DAMAGED = re.compile(r"[+-]?\d(\.\d+)?[eE]\+?\d{2,}")
#: Beyond this a spreadsheet's numbers are no longer exact.
_EXACT = 10**15

Raw = str | int | float | bool | date | datetime | time | timedelta | None


def cell_text(raw: Raw) -> str:
    """Return what a cell says."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float):
        return _number(raw)
    if isinstance(raw, datetime):
        return raw.isoformat(" ") if raw.time() != time() else raw.date().isoformat()
    return str(raw)


def clean(text: str) -> str:
    """Strip what cannot be seen, and the guards and quotes that programs put around values."""
    text = text.translate(_UNSEEN).strip()
    return _GUARD.sub("", text, count=1).lstrip() if _GUARD.match(text) else text


def is_damaged(text: str) -> bool:
    """Tell whether a long number was cut down to its first digits: 4.2E+27."""
    return _DAMAGED.fullmatch(text) is not None


def folded(text: str) -> str:
    """Return a column's name as it is compared: 金额（元） is 金额, "Order No." is "orderno"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[(\[【].*?[)\]】]", "", plain)
    return re.sub(r"[\W_]+", "", plain)


def _number(raw: float) -> str:
    if not math.isfinite(raw):
        return ""
    if abs(raw) >= _EXACT:
        return f"{raw:.9E}"
    if raw == int(raw):
        return str(int(raw))
    # Fifteen digits are what the person saw: 0.3, not 0.30000000000000004.
    text = f"{raw:.15g}"
    return text if "e" not in text else f"{raw:.15f}".rstrip("0")
