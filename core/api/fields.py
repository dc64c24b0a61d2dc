"""Fields that JSON and forms share: exact numbers as text, ids, days."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields

from core.money import MAX_AMOUNT, money_text, quantity_text

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")


class _Exact(fields.Field[Decimal]):
    """A decimal written as text; a JSON number is refused because a float may be behind it."""

    places: int
    default_error_messages = {
        "required": _l("Please fill in this field."),
        "null": _l("Please fill in this field."),
        "invalid": _l('Enter a number such as "12.50".'),
        "places": _l("Enter a number with at most %(places)s decimals."),
        "positive": _l("Enter a number above zero."),
        "negative": _l("Enter zero or a number above zero."),
        "large": _l("This number is too large."),
    }

    def __init__(self, *, positive: bool = False, signed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("metadata", {}).update(type="string", example="12.50")
        super().__init__(**kwargs)
        self.positive, self.signed = positive, signed

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Decimal:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = unicodedata.normalize("NFKC", value).replace(",", "").strip().lstrip("¥￥").strip()
        if not _NUMBER.fullmatch(text):
            raise self.make_error("invalid")
        return self._checked(Decimal(text))

    def _checked(self, number: Decimal) -> Decimal:
        rounded = number.quantize(Decimal(1).scaleb(-self.places))
        if rounded != number:
            message = str(self.error_messages["places"]) % {"places": self.places}
            raise ValidationError(message)
        if abs(rounded) > MAX_AMOUNT:
            raise self.make_error("large")
        if self.positive and rounded <= 0:
            raise self.make_error("positive")
        if not self.signed and rounded < 0:
            raise self.make_error("negative")
        return rounded


class MoneyField(_Exact):
    """An amount with two decimals."""

    places = 2

    def _serialize(self, value: Decimal | None, attr: Any, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else money_text(value)


class QuantityField(_Exact):
    """A quantity with up to three decimals."""

    places = 3

    def _serialize(self, value: Decimal | None, attr: Any, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else quantity_text(value)


class PercentField(QuantityField):
    """A percentage from 0 to 100."""

    def _checked(self, number: Decimal) -> Decimal:
        rounded = super()._checked(number)
        if rounded > 100:
            raise ValidationError(str(_l("Enter a percentage from 0 to 100.")))
        return rounded
