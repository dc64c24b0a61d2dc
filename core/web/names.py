"""How people's names are shortened for their round sign."""

import zlib
from unicodedata import name as unicode_name

_TONES = 6


def initials(name: str) -> str:
    """Return one or two letters: 伟 for 王伟, 小明 for 王小明, LN for Li Na."""
    words = name.split()
    if not words:
        return "?"
    if len(words) == 1 and unicode_name(words[0][0], "").startswith("CJK"):
        # A Chinese given name tells people apart better than the family name.
        return words[0][1:][-2:] or words[0]
    picked = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return picked.upper()


def tone(name: str) -> int:
    """Return which of a few quiet colours a name always has."""
    return zlib.crc32(name.encode()) % _TONES + 1
