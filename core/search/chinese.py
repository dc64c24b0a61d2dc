"""What a Chinese name sounds like, for people who type letters."""

import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import cast

import zhconv

# Characters that are read otherwise when they are a surname. Two readings where both are in use.
SURNAME_READINGS: dict[str, tuple[str, ...]] = {
    "尉迟": ("yuchi",), "万俟": ("moqi",), "长孙": ("zhangsun",), "澹台": ("tantai",),
    "单于": ("chanyu",), "单": ("shan",), "曾": ("zeng",), "查": ("zha",), "仇": ("qiu",),
    "解": ("xie",), "区": ("ou",), "任": ("ren",), "华": ("hua",), "缪": ("miao",),
    "朴": ("piao",), "盖": ("ge", "gai"), "乐": ("yue", "le"), "翟": ("zhai", "di"),
    "覃": ("qin", "tan"), "宁": ("ning",), "员": ("yun",), "种": ("chong",), "冼": ("xian",),
    "谌": ("chen", "shen"), "隗": ("wei", "kui"), "郇": ("xun", "huan"), "黑": ("he",),
    "秘": ("bi",), "召": ("shao",), "折": ("she",), "繁": ("po",), "句": ("gou",),
    "褚": ("chu",), "车": ("che",), "石": ("shi",), "沈": ("shen",), "盛": ("sheng",),
    "过": ("guo",), "葛": ("ge",), "纪": ("ji",), "俞": ("yu",), "祭": ("zhai",), "洗": ("xian",),
}  # fmt: skip


@lru_cache(maxsize=20_000)
def simplified_character(character: str) -> str:
    """The simplified form of one character, whatever stands beside it.

    Context decides in good prose (乾燥 but 乾隆); in an index it would hide 乾隆 from who types 乾.
    """
    return _convert(character)


def simplified(text: str) -> str:
    """The text in simplified characters, as a reader would write it."""
    return _convert(text)


def _convert(text: str) -> str:
    with warnings.catch_warnings():  # zhconv leaves its dictionary's file to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        return str(zhconv.convert(text, "zh-hans"))


def is_chinese(character: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def readings(text: str) -> set[str]:
    """Every way somebody may type the text in letters: full pinyin and initials of each reading."""
    if not any(map(is_chinese, text)):
        return set()
    plain = simplified(text)
    found = {form for syllables in _spoken(plain) for form in _written(syllables)}
    return found | {form.replace("v", "u") for form in found if "v" in form}


def sort_key(text: str) -> str:
    """The text by its sound, for putting names in order; a surname by the first of its readings."""
    if not any(map(is_chinese, text)):
        return text
    spoken = _spoken(simplified(text))
    return " ".join(spoken[1] if len(spoken) > 1 else spoken[0])


# What is not Chinese is spread into its letters; the library's annotation does not know that.
_UNREAD = cast("Callable[[str], str]", list)


@cache
def _pinyin() -> ModuleType:
    """The library; its dictionaries take half a second, for which no start of Lamplit waits."""
    return import_module("pypinyin")


def _spoken(text: str) -> list[list[str]]:
    """The syllables of the text in its ordinary reading and in those its surname has."""
    pinyin = _pinyin()
    syllables: list[str] = pinyin.lazy_pinyin(text, style=pinyin.Style.NORMAL, errors=_UNREAD)
    spoken = [syllables]
    surname = text[:2] if text[:2] in SURNAME_READINGS else text[:1]
    spoken += [
        [*_syllables(reading, surname), *syllables[len(surname) :]]
        for reading in SURNAME_READINGS.get(surname, ())
    ]
    return spoken


_COMPOUND = {"yuchi": ["yu", "chi"], "moqi": ["mo", "qi"], "zhangsun": ["zhang", "sun"],
             "tantai": ["tan", "tai"], "chanyu": ["chan", "yu"]}  # fmt: skip


def _syllables(reading: str, surname: str) -> list[str]:
    return _COMPOUND[reading] if len(surname) > 1 else [reading]


def _written(syllables: list[str]) -> tuple[str, str]:
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
