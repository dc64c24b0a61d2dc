"""How a customer's grade and stage have changed, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from core.grades.models import GradeChange

_ICONS = {"rule": "moon-stars", "hand": "pencil", "locked": "lock", "unlocked": "unlock"}


@dataclass(frozen=True)
class Told:
    """One entry of the history."""

    at: datetime
    by: str
    text: str
    note: str
    icon: str
    url: str = ""
    document: str = ""
    amount: str = ""


def story(changes: Sequence[GradeChange]) -> list[Told]:
    """Return the history of a customer's grade and stage, in the order given."""
    return [
        Told(each.at, each.by or "", _text(each), each.note, _ICONS[each.why]) for each in changes
    ]


def stages() -> dict[str, str]:
    """Return what the stages are called."""
    return {
        "prospect": _("Prospect"),
        "possible": _("Possible customer"),
        "existing": _("Existing customer"),
        "lapsed": _("Lapsed customer"),
    }


def _text(change: GradeChange) -> str:
    none = _("none")
    if change.what == "stage":
        named = stages()
        before, after = (named.get(each, each) for each in (change.before, change.after))
        return _("stage: %(before)s → %(after)s", before=before, after=after)
    if change.why == "unlocked":
        return _("let the rules decide again")
    before, after = change.before or none, change.after or none
    if change.why == "locked":
        return _("fixed the grade: %(before)s → %(after)s", before=before, after=after)
    return _("graded by the rules: %(before)s → %(after)s", before=before, after=after)
