"""Birthdays as people write them: 1990-05-12, 5月12日, lunar 8-15, 农历八月十五, 闰四月初三."""

import re
import unicodedata
from datetime import date
from typing import Final

from flask_babel import get_locale
from flask_babel import gettext as _

from core.calendar.anniversaries import Birthday, Kind, NotABirthday, next_on
from core.calendar.lunar import OutsideCalendar

_LUNAR: Final = re.compile(r"农历|農曆|阴历|陰曆|旧历|lunar", re.IGNORECASE)
_SOLAR: Final = re.compile(r"公历|公曆|阳历|陽曆|新历|solar", re.IGNORECASE)
_LEAP: Final = re.compile(r"闰|閏|leap", re.IGNORECASE)
_FIGURES: Final = re.compile(r"(?:(\d{4})[-/.年]?)?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")}
_SPOKEN: Final = re.compile(r"(?:(\d{4})年)?[闰閏]?([正冬腊臘一二三四五六七八九十]{1,2})月(.{1,3})")


def parse_birthday(text: str, calendar: str = "solar") -> Birthday:
    """Return the day of the year that a person wrote; words in it win over the calendar given.

    Raises:
        NotABirthday: with what to write instead, in the user's language.
    """
    plain = unicodedata.normalize("NFKC", text)
    spoken = _SPOKEN.search(re.sub(r"\s", "", plain))
    leap = _LEAP.search(plain) is not None
    if _LUNAR.search(plain) or spoken or leap:
        calendar = "lunar"
    elif _SOLAR.search(plain):
        calendar = "solar"
    kind: Kind = "lunar" if calendar == "lunar" else "solar"
    year, month, day = _spoken_numbers(plain) if spoken else _numbers(plain)
    return Birthday(kind, month, day, leap, year)


def birthday_text(birthday: Birthday | None) -> str:
    """Return a birthday as a person would type it: 1990-05-12, 05-12, "lunar 08-15", 农历08-15."""
    gap = "" if _writes_chinese() else " "
    return _written(birthday, (_("lunar"), _("leap")), gap)


def birthday_code(birthday: Birthday | None) -> str:
    """Return a birthday as programs write it, in every language: "lunar leap 1987-06-03"."""
    return _written(birthday, ("lunar", "leap"), " ")


def _written(birthday: Birthday | None, words: tuple[str, str], gap: str) -> str:
    if birthday is None:
        return ""
    lunar, leap = words
    day = f"{birthday.month:02}-{birthday.day:02}"
    parts = [
        lunar if birthday.calendar == "lunar" else "",
        leap if birthday.leap else "",
        f"{birthday.year}-{day}" if birthday.year else day,
    ]
    return gap.join(part for part in parts if part)


def kept_next(birthday: Birthday | None, today: date) -> date | None:
    """Return when a birthday is kept next, today included; None when nobody knows."""
    if birthday is None:
        return None
    try:
        return next_on(birthday, today)
    except OutsideCalendar:
        return None


def columns_of(birthday: Birthday | None) -> dict[str, object]:
    """Return a birthday as the columns in which it is stored."""
    return {
        "birth_calendar": birthday.calendar if birthday else None,
        "birth_month": birthday.month if birthday else None,
        "birth_day": birthday.day if birthday else None,
        "birth_leap": birthday.leap if birthday else False,
        "birth_year": birthday.year if birthday else None,
    }


def _numbers(text: str) -> tuple[int | None, int, int]:
    plain = _LEAP.sub("", _SOLAR.sub("", _LUNAR.sub("", text)))
    plain = re.sub(r"[\s:：]", "", plain)
    if found := _COMPACT.fullmatch(plain) or _FIGURES.fullmatch(plain):
        year, month, day = found.groups()
        return int(year) if year else None, int(month), int(day)
    raise NotABirthday(
        _('Enter a birthday such as "1990-05-12" or "05-12"; by the lunar calendar "lunar 08-15".')
    )


def _spoken_numbers(text: str) -> tuple[int | None, int, int]:
    found = _SPOKEN.search(re.sub(r"\s", "", text))
    month = day = None
    if found:
        month = _MONTHS.get(found[2]) or _spoken_number(found[2])
        day = _spoken_number(found[3].removeprefix("初").rstrip("日号"))
    if not found or month is None or day is None:
        raise NotABirthday(
            _('Enter month and day in figures or as in an almanac, such as "八月十五".')
        )
    return int(found[1]) if found[1] else None, month, day


def _spoken_number(text: str) -> int | None:
    """十五 is 15, 廿三 is 23, 三十 is 30."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text.isdecimal():
        return int(text)
    if text in _DIGITS:
        return _DIGITS[text]
    tens, ten, ones = text.partition("十")
    if not ten or (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _writes_chinese() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "zh"
