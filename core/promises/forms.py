"""Between a promise's form on the page and its settings; the fields are those of its kind."""

from collections.abc import Mapping
from typing import Any

from core.errors import DomainError, InvalidInput
from core.promises.kinds import PromiseKind
from core.promises.settings import GRADES, shown
from core.web.forms import Form, blank_form

_WORDS = ("text", "line")


def form_of(
    kind: PromiseKind, name: str, settings: Mapping[str, Any], version: int | None = None
) -> Form:
    """Return the form with these settings, preset words in the reader's language."""
    values: dict[str, Any] = {"name": name, "version": version}
    for setting in kind.settings:
        value = settings.get(setting.name, setting.preset)
        if setting.type == "grades":
            values |= {f"{setting.name}-{grade}": grade in value for grade in GRADES}
        elif setting.type == "products":
            values[setting.name] = " ".join(value)
        elif setting.type in _WORDS:
            values[setting.name] = shown(setting, value)
        else:
            values[setting.name] = value
    return blank_form(values)


def entered(kind: PromiseKind, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that stand in a form, as typed."""
    found: dict[str, Any] = {}
    for setting in kind.settings:
        if setting.type == "grades":
            found[setting.name] = [
                grade for grade in GRADES if typed.get(f"{setting.name}-{grade}")
            ]
        else:
            found[setting.name] = typed.get(setting.name, "")
    return found


def refused(form: Form, refusal: DomainError) -> None:
    """Put what is wrong at its fields; grades have one message for their three boxes."""
    if isinstance(refusal, InvalidInput):
        for name, text in refusal.errors.items():
            form.errors.setdefault(name, []).append(text)
    else:
        form.refuse(refusal)
