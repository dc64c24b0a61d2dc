"""Typed columns: what a cell must say, and what to tell whoever wrote something else."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from flask_babel import gettext as _

from core.imports.cells import folded, is_damaged
from core.money import MAX_AMOUNT

_EXCEL_EPOCH = date(1899, 12, 30)
_YES = frozenset(("yes", "y", "true", "1", "x", "√", "✓", "是", "有", "对", "真"))
_NO = frozenset(("no", "n", "false", "0", "×", "否", "无", "無", "假", "-"))
_DAYS = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
#: What parts several values in one cell; telephone numbers are written with more marks.
SEMICOLONS = re.compile(r"[;；|\n]")
BETWEEN_PHONES = re.compile(r"[;；|\n、，,]|/(?=\s*\+?\d{5})")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


class Unusable(ValueError):
    """A cell cannot be used; the text says why and what to enter instead."""


@dataclass(frozen=True)
class Column(ABC):
    """One column of a sheet, known by its names in both languages."""

    #: What messages and the screen call it.
    label: str
    #: Further heads under which it is recognised, English and Chinese.
    names: Iterable[str] = ()
    _: KW_ONLY
    required: bool = True
    default: Any = None
    #: No two rows may say the same here.
    unique: bool = False

    @property
    def heads(self) -> frozenset[str]:
        """Every name under which the column is recognised, folded."""
        return frozenset(filter(None, map(folded, (str(self.label), *self.names))))

    def read(self, text: str) -> Any:
        """Return the value a cell stands for.

        Raises:
            Unusable: saying why not and what to enter.
        """
        if not text:
            if self.required:
                raise Unusable(_("This is missing. Enter a value."))
            return self.default
        return self.parse(text)

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Return the value of a cell that is not empty."""


@dataclass(frozen=True)
class Text(Column):
    """Words, or a number that is only a name; long numbers stay as they were written."""

    _: KW_ONLY
    longest: int = 200

    def parse(self, text: str) -> str:
        if is_damaged(text):
            raise Unusable(
                _(
                    "The spreadsheet has cut this long number (%(text)s). "
                    "Format the column as text and enter the whole number again.",
                    text=text,
                )
            )
        if len(text) > self.longest:
            raise Unusable(_("Enter at most %(number)s characters.", number=self.longest))
        return text


@dataclass(frozen=True)
class Several(Column):
    """Several values in one cell, such as telephone numbers parted by semicolons."""

    _: KW_ONLY
    required: bool = False
    default: Any = ()
    longest: int = 200
    parted_by: re.Pattern[str] = SEMICOLONS

    def parse(self, text: str) -> tuple[str, ...]:
        one = Text(self.label, longest=self.longest)
        parts = (part.strip() for part in self.parted_by.split(text))
        return tuple(one.parse(part) for part in parts if part)


@dataclass(frozen=True)
class Number(Column):
    """A decimal number with at most so many decimals, within limits."""

    _: KW_ONLY
    least: Decimal = Decimal(0)
    most: Decimal = MAX_AMOUNT
    above_least: bool = False
    places: ClassVar[int] = 2

    def parse(self, text: str) -> Any:
        number = self.number(text)
        if not self.least <= number <= self.most or (self.above_least and number == self.least):
            raise Unusable(self.wanted())
        rounded = number.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        # Programs write money with idle zeros: 11.7700 is as good as 11.77.
        if number != rounded:
            raise Unusable(
                _(
                    "This has more than %(places)s decimals. Round it: %(text)s",
                    places=self.places,
                    text=rounded,
                )
            )
        return rounded

    def number(self, text: str) -> Decimal:
        """Read figures as they are written: ¥1,234.50, １２３, (12.00)."""
        plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("，", ",")
        plain = plain.replace("−", "-").strip("¥$€£元%")
        if is_damaged(plain):
            raise Unusable(_("The spreadsheet has cut this number. Enter the whole number again."))
        if plain.startswith("(") and plain.endswith(")"):
            plain = f"-{plain[1:-1]}"
        if "," in plain:
            if not _THOUSANDS.fullmatch(plain):
                raise Unusable(self.wanted())
            plain = plain.replace(",", "")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            raise Unusable(self.wanted()) from None
        if not number.is_finite():
            raise Unusable(self.wanted())
        return number

    def wanted(self) -> str:
        """Say what to enter."""
        return _('Enter a number such as "12.50", from %(least)s on.', least=self.least)


@dataclass(frozen=True)
class Money(Number):
    """An amount with two decimals."""

    def wanted(self) -> str:
        return _('Enter an amount such as "12.50", from %(least)s on.', least=self.least)


@dataclass(frozen=True)
class Quantity(Number):
    """How many or how much, with three decimals; more than nothing."""

    _: KW_ONLY
    above_least: bool = True
    places: ClassVar[int] = 3

    def wanted(self) -> str:
        return _('Enter a quantity such as "2" or "2.5", more than %(least)s.', least=self.least)


@dataclass(frozen=True)
class Percent(Number):
    """A percentage; a bare 0.13 is refused, because 13 % and 0.13 % look the same there."""

    _: KW_ONLY
    most: Decimal = Decimal(100)
    places: ClassVar[int] = 3

    def parse(self, text: str) -> Decimal:
        rate: Decimal = super().parse(text)
        if 0 < rate < 1 and "%" not in unicodedata.normalize("NFKC", text):
            raise Unusable(_('Enter the percentage as "13", not as a fraction.'))
        return rate

    def wanted(self) -> str:
        return _("Enter a percentage from %(least)s to %(most)s.", least=self.least, most=self.most)


@dataclass(frozen=True)
class Whole(Number):
    """A whole number."""

    _: KW_ONLY
    most: Decimal = Decimal(10**9)
    places: ClassVar[int] = 0

    def parse(self, text: str) -> int:
        return int(super().parse(text))

    def wanted(self) -> str:
        return _(
            "Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most
        )


@dataclass(frozen=True)
class Day(Column):
    """A calendar day; where day and month could be swapped it is refused, never guessed."""

    def parse(self, text: str) -> date:
        plain = unicodedata.normalize("NFKC", text)
        if match := _DAYS.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain):
            year, month, day = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                raise Unusable(
                    _('This day does not exist. Enter a date such as "2026-11-22".')
                ) from None
        serial = plain.partition(".")[0]
        # What a spreadsheet keeps for the days from 1954 to 2119.
        if serial.isdecimal() and 20_000 <= int(serial) <= 80_000:
            return _EXCEL_EPOCH + timedelta(days=int(serial))
        raise Unusable(_('Enter a date with the year first, such as "2026-11-22".'))


@dataclass(frozen=True)
class Flag(Column):
    """Yes or no."""

    _: KW_ONLY
    required: bool = False
    default: Any = False

    def parse(self, text: str) -> bool:
        word = unicodedata.normalize("NFKC", text).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise Unusable(_('Enter "yes" or "no".'))
