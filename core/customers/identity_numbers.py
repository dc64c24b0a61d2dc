"""Numbers that the state gives to people and companies, checked before they are kept.

A resident's ID number follows GB 11643-1999, a company's unified social credit code
GB 32100-2015. The check characters are the library's; the rest is ours, for it refuses areas that
its table does not know, and the codes of village co-operatives.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final, Literal

from flask_babel import gettext as _

Sex = Literal["female", "male"]
_RESIDENT: Final = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
# No I, O, S, V, Z: they look like digits or like one another.
_CREDIT: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_OLD_TAX_NUMBER: Final = re.compile(r"[0-9A-Z]{15,20}")
#: The standard's own sample was born in 1880.
_OLDEST_BIRTH: Final = date(1880, 1, 1)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


class NotAnIdentityNumber(ValueError):
    """The text cannot be such a number; its text says why, in the user's language."""


class WrongLength(NotAnIdentityNumber):
    """Characters are missing, or there are too many."""


class WrongCharacters(NotAnIdentityNumber):
    """There are characters that such a number never has."""


class ImpossibleBirthday(NotAnIdentityNumber):
    """The day of birth in it does not exist or has not come yet."""


class CheckFailed(NotAnIdentityNumber):
    """The last character does not fit the others: something was mistyped."""


@dataclass(frozen=True)
class ResidentId:
    """A resident's ID number; printing the object shows the masked form only."""

    #: All 18 characters, also of an old number of 15.
    number: str = field(repr=False)

    @property
    def birthday(self) -> date:
        """The day of birth, by the solar calendar."""
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def sex(self) -> Sex:
        """The sex that was registered at birth."""
        return "male" if int(self.number[16]) % 2 else "female"

    @property
    def masked(self) -> str:
        """The number as a screen shows it."""
        return masked(self.number)

    @property
    def is_area_known(self) -> bool:
        """Whether the area is in the library's table: if not, warn; new ones come every year."""
        try:
            _resident_library().get_birth_place(self.number)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return self.masked


@dataclass(frozen=True)
class CreditCode:
    """A company's unified social credit code, which is its tax number too."""

    number: str

    @property
    def organisation_code(self) -> str:
        """The organisation code inside it, as older papers show it: MA0DEM01-3."""
        return f"{self.number[8:16]}-{self.number[16]}"

    @property
    def is_organisation_code_sound(self) -> bool:
        """Whether the organisation code's own check fits: if not, warn; some registries err."""
        pairs = zip(self.number[8:16], _ORGANISATION_WEIGHTS, strict=True)
        check = -sum(int(character, 36) * weight for character, weight in pairs) % 11
        return self.number[16] == ("X" if check == 10 else str(check))


def parse_resident_id(text: str, *, today: date) -> ResidentId:
    """Return the ID number that a person wrote; an old one of 15 digits is brought up to 18.

    Raises:
        NotAnIdentityNumber: one of its kinds, with what to do.
    """
    written = _compact(text)
    if len(written) not in {15, 18}:
        raise WrongLength(_("Enter the 18 characters of the ID card, or 15 of an old one."))
    if not _RESIDENT.fullmatch(written):
        raise WrongCharacters(_("Enter digits only; the last character may be an X."))
    number = written
    if len(written) == 15:
        upgraded = f"{written[:6]}19{written[6:]}"
        number = upgraded + _resident_library().calc_check_digit(f"{upgraded}0")
    _check_birthday(number, today)
    if number[-1] != _resident_library().calc_check_digit(number):
        raise CheckFailed(
            _("This ID number is mistyped: its last character does not fit. Compare it again.")
        )
    return ResidentId(number)


def parse_credit_code(text: str) -> CreditCode:
    """Return the unified social credit code that a person wrote.

    Raises:
        NotAnIdentityNumber: one of its kinds, with what to do.
    """
    number = _compact(text)
    if len(number) != 18:
        raise WrongLength(_("Enter the 18 characters of the unified social credit code."))
    if not _CREDIT.fullmatch(number):
        raise WrongCharacters(
            _(
                "Enter digits and capital letters without I, O, S, V and Z; "
                "characters 3 to 8 are digits."
            )
        )
    if number[-1] != _credit_library().calc_check_digit(number):
        raise CheckFailed(
            _("This code is mistyped: its last character does not fit. Compare it again.")
        )
    return CreditCode(number)


def is_old_tax_number(text: str) -> bool:
    """Tell whether a text may be a tax number from before the code: then warn, and keep it."""
    return _OLD_TAX_NUMBER.fullmatch(_compact(text)) is not None


def masked(number: str) -> str:
    """Return a resident's ID number with birthday and sequence hidden: 990101********0018."""
    return f"{number[:6]}{'*' * len(number[6:-4])}{number[-4:]}"


def _compact(text: str) -> str:
    """Full width, spaces and hyphens as people write them, taken away."""
    return re.sub(r"[\s\-–—_.·]", "", unicodedata.normalize("NFKC", text)).upper()


def _check_birthday(number: str, today: date) -> None:
    try:
        born = ResidentId(number).birthday
    except ValueError:
        born = None
    if born is None or not _OLDEST_BIRTH <= born <= today:
        raise ImpossibleBirthday(
            _("The day of birth in this number is not possible. Compare the number with the card.")
        )


@cache
def _resident_library() -> ModuleType:
    return import_module("stdnum.cn.ric")


@cache
def _credit_library() -> ModuleType:
    return import_module("stdnum.cn.uscc")
