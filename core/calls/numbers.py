"""Numbers as telephone systems tell them: of the caller, and of whoever is called."""

import re
from typing import Final

from core.people.lines import line_of

_SCHEME = re.compile(r"^(?:sips?|tel):", re.IGNORECASE)
#: What systems write in place of a number that is not shown.
_WITHHELD: Final = frozenset(
    ("", "anonymous", "private", "restricted", "unavailable", "unknown", "withheld", "none")
)


def caller(told: str | None) -> tuple[str, str]:
    """Return the caller's number for showing and for comparing; both empty when it is withheld."""
    shown = _bare(told)
    if shown.casefold() in _WITHHELD:
        return "", ""
    return shown, line_of(shown)


def line(told: str | None) -> str:
    """Return the number or extension called, as it is compared: "8012", "+862164380012"."""
    return line_of(_bare(told))


def _bare(told: str | None) -> str:
    """Take off what belongs to the protocol: sip:8012@pbx.local;user=phone is 8012."""
    text = _SCHEME.sub("", (told or "").strip().strip("<>"))
    return text.partition("@")[0].partition(";")[0].strip()[:60]
