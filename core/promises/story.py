"""What was decided about a promise, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from core.promises.models import PromiseAct

_ICONS = {"made": "plus-circle", "changed": "pencil", "on": "toggle-on", "off": "toggle-off"}


@dataclass(frozen=True)
class Told:
    """One entry of the history."""

    at: datetime
    by: str
    text: str
    icon: str
    note: str = ""
    url: str = ""
    document: str = ""
    amount: str = ""


def story(acts: Sequence[PromiseAct]) -> list[Told]:
    """Return the decisions in their order."""
    words = {
        "made": _("made it"),
        "changed": _("changed its settings"),
        "on": _("switched it on"),
        "off": _("switched it off"),
    }
    return [Told(act.at, act.by or "", words[act.act], _ICONS[act.act]) for act in acts]
