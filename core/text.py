"""What people typed, without what cannot be stored or seen."""

import unicodedata

_UNSEEN = ("Cc", "Cs", "Cn")


def tidy(text: str) -> str:
    """Return the text in one line, without control characters and idle spaces."""
    return " ".join("".join(map(_visible, text)).split())


def tidy_lines(text: str) -> str:
    """Return a text of several lines, each tidied; empty lines at both ends are dropped."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip("\n")


def _visible(character: str) -> str:
    # NUL and lone surrogates would be refused by the database, long after the person's click.
    return " " if unicodedata.category(character) in _UNSEEN else character
