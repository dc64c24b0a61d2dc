"""Telephone numbers as people write them, and the one form by which they are compared."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from flask_babel import gettext as _
from phonenumbers import PhoneNumberFormat

LONGEST = 40
#: The shortest that can be called are service numbers such as 95588.
SHORTEST = 5
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CHINESE = re.compile(r"1[3-9]\d{9}|0[1-9]\d{1,2}\d{7,8}|400\d{7}|800\d{7}")
_EXTENSION = re.compile(
    r"[\s,;]*(?:转|轉|分机|分機|ext(?:ension)?\.?|x|#)\s*[.:]?\s*(\d{1,8})\s*$", re.IGNORECASE
)
_TAIL = re.compile(r"\s*-\s*(\d{1,5})\s*$")
# The country, or the zero of a long-distance call before a mobile number.
_COUNTRY = re.compile(
    r"^(?:(?:00)?86(?=0?[1-9]\d{1,2}\d{7,8}$|400\d{7}$)|(?:00860?|860?|0)(?=1[3-9]\d{9}$))"
)


class NotAPhone(ValueError):
    """The text cannot be a telephone number; the error's text says why, in the user's language."""


@dataclass(frozen=True)
class Phone:
    """A telephone number."""

    #: What the person typed, for showing.
    typed: str
    #: E.164 where the number is understood, else its digits: for comparing.
    number: str
    extension: str = ""

    @property
    def digits(self) -> tuple[str, ...]:
        """The digits by which somebody may look for it: with its country and as dialled here."""
        whole = self.number.lstrip("+")
        if whole.startswith("86") and len(whole) > 10:
            inland = whole[2:]
            undialled = _MOBILE.fullmatch(inland) or inland.startswith(("400", "800"))
            return (whole, inland if undialled else f"0{inland}")
        return (whole,)


def parse_phone(text: str, region: str = "CN") -> Phone:
    """Return the number that a person wrote, extension apart.

    A number that cannot be understood is kept by its digits: refusing it would lose the only
    way to reach the customer.

    Raises:
        NotAPhone: when there are no digits, or far too few or too many.
    """
    typed = " ".join(text.split())
    wide = unicodedata.normalize("NFKC", typed)
    plain = "".join(str(unicodedata.decimal(character, character)) for character in wide)
    base, extension = _split(plain)
    digits = re.sub(r"\D", "", base)
    if not digits:
        raise NotAPhone(_("Enter a telephone number: this has no digits."))
    if len(digits) < SHORTEST:
        raise NotAPhone(_("Enter the whole telephone number: this is too short."))
    if len(digits) > 20 or len(typed) > LONGEST:
        raise NotAPhone(_("Enter one telephone number in each field: this is too long."))
    return Phone(typed, _compared(base, digits, region), extension)


def _split(text: str) -> tuple[str, str]:
    """Take the extension off before parsing: the library would swallow or refuse it."""
    if marked := _EXTENSION.search(text):
        return text[: marked.start()], marked[1]
    tail = _TAIL.search(text)
    if tail and _CHINESE.fullmatch(_inland(re.sub(r"\D", "", text[: tail.start()]))):
        return text[: tail.start()], tail[1]
    return text, ""


def _inland(digits: str) -> str:
    return _COUNTRY.sub("", digits)


def _compared(text: str, digits: str, region: str) -> str:
    inland = _inland(digits)
    foreign = text.lstrip().startswith("+") and not digits.startswith("86")
    # The library's table of mobile prefixes is older than the newest ones: the form decides.
    if _MOBILE.fullmatch(inland) and region == "CN" and not foreign:
        return f"+86{inland}"
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_valid_number(number):
        return digits
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def digits_of(number: str) -> tuple[str, ...]:
    """Return the digits by which a stored number is looked for."""
    return Phone("", number).digits
