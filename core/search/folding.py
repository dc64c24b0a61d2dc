"""Different spellings of one thing fold to the same text, indexed and asked for alike."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from core.search.chinese import readings, simplified_character

MOST_TERMS = 6
LONGEST_TERM = 60
_NUMBER = re.compile(r"[\d\s+()./\-]+")


def fold(text: str) -> str:
    """Letters and digits alone: case, width, accents, script and punctuation make no difference."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    wide = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", "".join(map(simplified_character, wide)))
    return "".join(filter(str.isalnum, apart)).casefold()


@lru_cache(maxsize=50_000)  # an import brings a customer's name with each of her orders
def folded_forms(text: str) -> frozenset[str]:
    """The folded text and, for Chinese, how it is typed in letters."""
    forms = {fold(text)} | {fold(reading) for reading in readings(text)}
    return frozenset(forms - {""})


def folded_words(words: Iterable[str]) -> list[str]:
    """All forms of all words, once each, none that is only a part of another."""
    forms = sorted({form for word in words for form in folded_forms(word)}, key=len, reverse=True)
    kept: list[str] = []
    for form in forms:
        if not any(form in longer for longer in kept):
            kept.append(form)
    return sorted(kept)


def terms(question: str) -> list[str]:
    """What a person typed, as the folded pieces that must all be found.

    A telephone number may be typed in groups, with or without its country: it is one piece.
    """
    plain = unicodedata.normalize("NFKC", question).strip()
    if _NUMBER.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        # 0086 138… is dialled from abroad; the 0002 of an order is not.
        return [re.sub(r"^00(?=[1-9]\d{7})", "", digits)[:LONGEST_TERM]] if digits else []
    folded = [fold(piece)[:LONGEST_TERM] for piece in plain.split()]
    return [piece for piece in folded if piece][:MOST_TERMS]
