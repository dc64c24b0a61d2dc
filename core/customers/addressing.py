"""How to address a person: 张总, 王女士, Ms Wang; never wrongly, and never with an empty place.

A surname goes with a title. A sex that is not known leaves the full name; a given name alone, 小姐
and "dear customer" are never written. What cannot be addressed is not: the message stays unsent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.customers.surnames import is_organisation, is_surname, romanised, surname_of
from core.search.chinese import is_chinese, simplified

Sex = Literal["female", "male"]

#: The titles a person may be given, as Chinese writes them, with what each is for.
TITLES: Final[Mapping[str, LazyString]] = {
    "先生": _l("Mr"),
    "女士": _l("Ms"),
    "总": _l("Owner or general manager"),
    "经理": _l("Manager"),
    "主任": _l("Head of an office"),
    "工": _l("Engineer"),
    "老师": _l("Teacher"),
    "师傅": _l("Craftsman or fitter"),
    "教授": _l("Professor"),
    "医生": _l("Physician"),
}
#: What people write -> the title. Whoever is deputy is addressed as if he were not.
_WRITTEN: Final = {
    "总经理": "总", "老板": "总", "总裁": "总", "老总": "总", "工程师": "工", "高工": "工",
    "小姐": "女士", "太太": "女士", "夫人": "女士", "师父": "师傅", "大夫": "医生",
    "mr": "先生", "mrs": "女士", "ms": "女士", "miss": "女士", "prof": "教授", "professor": "教授",
    "dr": "医生", "doctor": "医生",
}  # fmt: skip
_SEX_OF: Final[Mapping[str, Sex]] = {"先生": "male", "女士": "female"}
_TITLE_FOR: Final[Mapping[Sex | None, str]] = {"male": "先生", "female": "女士"}
#: How people note somebody whose name they do not know whole: 小红, 阿强, 老王.
_FAMILIAR: Final = ("小", "阿", "老", "大")


@dataclass(frozen=True)
class Person:
    """What is known of somebody; all of it may be missing."""

    #: The full name as it was told; "张总" as people note it is understood too.
    name: str = ""
    #: Stated by a user: it wins over the guess.
    surname: str = ""
    #: One of TITLES, or what somebody wrote for it.
    title: str = ""
    sex: Sex | None = None


def address(person: Person) -> str | None:
    """Return how to address a person in the present language; None when too little is known."""
    known = _understood(person)
    titled = _titled(known) if known.surname else None
    if titled or not known.name:
        return titled
    # A foreign or rare name is written whole: a part of it may be the given name.
    return _with_sex(known.name, known.sex) or known.name


def salutation(person: Person) -> str | None:
    """Return the opening of a letter, "尊敬的张总："; None when the letter must not be sent."""
    name = address(person)
    return None if name is None else _("Dear %(name)s,", name=name)


def title_of(written: str) -> str:
    """Return the title that is meant: 副总经理 is 总, 小姐 is 女士; empty for what is none."""
    plain = simplified("".join(written.split())).rstrip(".").lower().removeprefix("副")
    plain = _WRITTEN.get(plain, plain)
    return plain if plain in TITLES else ""


def _understood(person: Person) -> Person:
    """Read the parts that the name carries itself, and leave out names that are none."""
    name, noted = _split(" ".join(person.name.split()))
    title = title_of(person.title) or noted
    stated = "".join(person.surname.split())
    surname = stated or surname_of(name) or ""
    if is_surname(name):  # 欧阳 alone is a surname: whoever is named 欧 阳 is not offended
        surname, name = stated or name, ""
    elif _is_a_given_name(name) or is_organisation(name):
        name = ""
    return Person(name, surname, title, _SEX_OF.get(title) or person.sex)


def _split(name: str) -> tuple[str, str]:
    """Part 张总 into 张 and 总, 王小红女士 into 王小红 and 女士."""
    plain = simplified(name)
    if len(plain) == len(name) and not is_organisation(name):
        for title in sorted([*TITLES, *_WRITTEN], key=len, reverse=True):
            rest = name[: -len(title)]
            if is_chinese(title[0]) and plain.endswith(title) and _may_be_titled(rest, title):
                return rest.removesuffix("副"), title_of(title)
    return name, ""


def _may_be_titled(rest: str, title: str) -> bool:
    """李工 is an engineer; 王建工 is a name."""
    rest = rest.removesuffix("副")
    return is_surname(rest) or (len(title) > 1 and surname_of(rest) is not None)


def _is_a_given_name(name: str) -> bool:
    """Whether a name is, or may be, what only friends say."""
    if any(map(is_chinese, name)):
        familiar = len(name) == 2 and name.startswith(_FAMILIAR) and surname_of(name) is None
        return familiar or len(name) == 1
    return " " not in name and "·" not in name


def _titled(known: Person) -> str | None:
    """Return the surname with its title; None when neither title nor sex is known for it."""
    if _writes_chinese():
        title = known.title or _TITLE_FOR.get(known.sex)
        gap = "" if is_chinese(known.surname[0]) else " "
        return f"{known.surname}{gap}{title}" if title else None
    name = romanised(known.surname)
    if known.title == "教授":
        return _("Professor %(name)s", name=name)
    if known.title == "医生":
        return _("Dr %(name)s", name=name)
    return _with_sex(name, known.sex)


def _writes_chinese() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "zh"


def _with_sex(name: str, sex: Sex | None) -> str | None:
    if sex == "female":
        return _("Ms %(name)s", name=name)
    return _("Mr %(name)s", name=name) if sex == "male" else None
