"""What the owner decides about a promise: checked before it is kept or tried."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from core.db import db
from core.errors import InvalidInput
from core.products.models import Product
from core.promises.kinds import PromiseKind, Setting
from core.text import tidy, tidy_lines

GRADES = ("A", "B", "C")
LONGEST_TEXT = 1000
LONGEST_LINE = 150
_SLOT = re.compile(r"%\((\w+)\)s")
_BRACES = re.compile(r"\{(\w+)\}")


def checked(kind: PromiseKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings that can be kept; what is not given is as the preset has it.

    Raises:
        InvalidInput: naming every setting that must be corrected, and those that do not exist.
    """
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    for setting in kind.settings:
        value = given.get(setting.name, setting.preset)
        try:
            found[setting.name] = _READ[setting.type](setting, value)
        except _Wrong as wrong:
            errors[setting.name] = str(wrong)
    known = {setting.name for setting in kind.settings}
    errors |= {name: _("There is no such setting.") for name in given if name not in known}
    if errors:
        raise InvalidInput(errors)
    return found


class _Wrong(ValueError):
    """The text says what to enter instead."""


def _number(setting: Setting, value: Any) -> int:
    try:
        number = int(str(value).strip())
    except ValueError:
        number = setting.least - 1
    if not setting.least <= number <= setting.most:
        raise _Wrong(
            _(
                "Enter a whole number from %(least)s to %(most)s.",
                least=setting.least,
                most=setting.most,
            )
        )
    return number


def _text(setting: Setting, value: Any) -> str:
    text = tidy_lines(str(value))
    if len(text) > LONGEST_TEXT:
        raise _Wrong(_("Enter at most %(number)s characters.", number=LONGEST_TEXT))
    return _as_msgid(setting, text)


def _line(setting: Setting, value: Any) -> str:
    text = tidy(str(value))
    if not text:
        raise _Wrong(_("Enter a few words: they head the task."))
    if len(text) > LONGEST_LINE:
        raise _Wrong(_("Enter at most %(number)s characters.", number=LONGEST_LINE))
    return _as_msgid(setting, text)


def shown(setting: Setting, value: str) -> str:
    """Return words as a person edits them: {product} stands for what is filled in."""
    text = str(_(value)) if value == setting.preset and value else value
    return _plain(text)


def _plain(text: str) -> str:
    return _SLOT.sub(r"{\1}", text).replace("%%", "%")


def _as_msgid(setting: Setting, text: str) -> str:
    """Keep words that nobody changed as msgids, so that each reader has her language."""
    preset, text = str(setting.preset), _plain(text)
    if preset and text in {_plain(preset), tidy_lines(shown(setting, preset))}:
        return preset
    known = set(_SLOT.findall(preset))
    if unknown := [each for each in _BRACES.findall(text) if each not in known]:
        slots = ", ".join(f"{{{each}}}" for each in sorted(known)) or _("nothing")
        raise _Wrong(
            _(
                "{%(slot)s} cannot be filled in. What can: %(slots)s.",
                slot=unknown[0],
                slots=slots,
            )
        )
    return _BRACES.sub(r"%(\1)s", text.replace("%", "%%"))


def _grades(_setting: Setting, value: Any) -> list[str]:
    asked = value if isinstance(value, (list, tuple)) else str(value).replace(",", " ").split()
    if unknown := [each for each in asked if each not in GRADES]:
        raise _Wrong(_("There is no grade %(grade)s. Choose A, B or C.", grade=unknown[0]))
    return [each for each in GRADES if each in asked]


def _products(_setting: Setting, value: Any) -> list[str]:
    """Product numbers, in a list or separated by spaces or commas."""
    words = value if isinstance(value, (list, tuple)) else _words(str(value))
    asked = list(dict.fromkeys(str(each) for each in words))
    known = set(db.session.scalars(select(Product.sku).where(Product.sku.in_(asked))))
    if unknown := [each for each in asked if each not in known]:
        raise _Wrong(
            _("There is no product %(sku)s. Look its number up under Products.", sku=unknown[0])
        )
    return asked


def _words(text: str) -> list[str]:
    for mark in ",;，；、":
        text = text.replace(mark, " ")
    return text.split()


def _day_of_year(_setting: Setting, value: Any) -> str:
    """Month and day, "04-15"."""
    try:
        return date.fromisoformat(f"2000-{str(value).strip()}").strftime("%m-%d")
    except ValueError:
        raise _Wrong(_("Enter a month and a day, such as 04-15.")) from None


def _yes(_setting: Setting, value: Any) -> bool:
    return value is True or str(value).strip().casefold() in {"true", "1", "yes"}


_READ = {
    "yes": _yes,
    "number": _number,
    "text": _text,
    "line": _line,
    "grades": _grades,
    "products": _products,
    "day_of_year": _day_of_year,
}
