"""What a segment asks for, checked: each condition names a field, what is asked, and a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _

from core.errors import InvalidInput
from core.money import MAX_AMOUNT, to_money
from core.segments.fields import OPS, Field, fields
from core.text import tidy

MATCHES = ("all", "any")
MOST_CONDITIONS = 20
_MOST_NUMBER = 1_000_000_000
_LONGEST_VALUE = 120


@dataclass(frozen=True)
class Condition:
    """One condition, ready to be asked."""

    field: Field
    op: str
    value: Any
    #: As it was entered.
    entered: str

    @property
    def asks(self) -> str:
        """What is asked, in words."""
        return next((str(words) for op, words, _v in OPS[self.field.type] if op == self.op), "")

    @property
    def shown(self) -> str:
        """The value, in words."""
        return str(dict(self.field.options).get(self.entered, self.entered))


def read(entered: Sequence[Mapping[str, str]]) -> list[Condition]:
    """Return conditions that were entered.

    Raises:
        InvalidInput: at each field that must be corrected.
    """
    if not entered:
        raise InvalidInput({"conditions": _("Add a condition: without one nobody is found.")})
    if len(entered) > MOST_CONDITIONS:
        text = _("Give at most %(number)s conditions.", number=MOST_CONDITIONS)
        raise InvalidInput({"conditions": text})
    known, found, errors = fields(), [], {}
    for at, each in enumerate(entered):
        try:
            found.append(_read(known, each))
        except _Wrong as wrong:
            errors[f"conditions.{at}.{wrong.part}"] = wrong.text
    if errors:
        raise InvalidInput(errors)
    return found


def missing(stored: Sequence[Mapping[str, str]]) -> list[Field]:
    """Return the fields of a stored segment that nobody can be asked by now: a module is off."""
    known = fields()
    gone = [
        known.get(each["field"]) or Field(each["field"], each["field"], "text", available=False)
        for each in stored
    ]
    return [field for field in gone if not field.available]


class _Wrong(Exception):
    def __init__(self, part: str, text: str) -> None:
        super().__init__(text)
        self.part, self.text = part, text


def _read(known: Mapping[str, Field], each: Mapping[str, str]) -> Condition:
    field = known.get(each.get("field", ""))
    if field is None:
        raise _Wrong("field", _("Choose by what."))
    if not field.available:
        text = _("%(module)s is switched off; this cannot be asked now.", module=field.module)
        raise _Wrong("field", text)
    ops = {op: takes for op, _words, takes in OPS[field.type]}
    op = each.get("op") or next(iter(ops))
    if op not in ops:
        raise _Wrong("op", _("Choose what fits “%(field)s”.", field=str(field.title)))
    entered = tidy(str(each.get("value") or ""))
    return Condition(field, op, _value(field, entered) if ops[op] else None, entered)


def _value(field: Field, entered: str) -> Any:
    if field.type == "choice":
        if entered not in dict(field.options):
            options = _(", ").join(str(words) for _code, words in field.options)
            raise _Wrong("value", _("Choose one of: %(options)s.", options=options))
        return entered
    if not entered:
        raise _Wrong("value", _("Enter a value."))
    if field.type in ("text", "set"):
        if len(entered) > _LONGEST_VALUE:
            text = _("Enter at most %(number)s characters.", number=_LONGEST_VALUE)
            raise _Wrong("value", text)
        return entered
    if field.type == "date":
        return _whole(entered, 36500)
    return _money(entered) if field.type == "money" else _whole(entered, _MOST_NUMBER)


def _whole(entered: str, most: int) -> int:
    if not (entered.isascii() and entered.isdecimal()) or int(entered) > most:
        raise _Wrong("value", _("Enter a whole number such as 3."))
    return int(entered)


def _money(entered: str) -> Decimal:
    try:
        amount = to_money(entered.replace(",", ""))
    except (ValueError, InvalidOperation):
        raise _Wrong("value", _("Enter an amount such as 1200.50.")) from None
    if abs(amount) > MAX_AMOUNT:
        raise _Wrong("value", _("This number is too large."))
    return amount
