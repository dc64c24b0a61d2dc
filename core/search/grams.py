"""Pairs of neighbouring characters: what makes a part of a word quick to find in any script.

Neither database has an index of its own that finds a two-character Chinese word inside a longer
one, so the pairs are ours: SQLite keeps them in FTS5, where a phrase of pairs is exactly a part
of the word; PostgreSQL in a GIN index over the set of pairs, after which LIKE makes sure.

Of digits there are only a hundred pairs, and every telephone number holds a tenth of them; of
letters there are hardly more that people's names make. Of both, threes are kept, too, and asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Integer, Select, and_, column, func, select, table
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from core.search.models import SearchRow


def grams(kind: str, words: Iterable[str]) -> str:
    """The index entry of folded words: the kind, the pieces of each word, every character once."""
    words = list(words)
    pieces = [piece for word in words for piece in _pieces(word)]
    return " ".join([_kind(kind), *pieces, *sorted(set("".join(words)))])


def _pieces(word: str) -> Iterator[str]:
    """Pairs of the word and threes of what is typed; a single character parts what is no phrase."""
    yield from (*_parts(word, 2), word[-1])
    for typed in _TYPED.findall(word):
        yield from (*_parts(typed, 3), typed[-1])


_TYPED = re.compile("[0-9a-z]{3,}")


def _asked_pieces(term: str) -> list[str]:
    return _parts(term, 3 if _TYPED.fullmatch(term) else 2) or [term]


def _parts(word: str, length: int) -> list[str]:
    return [word[i : i + length] for i in range(len(word) - length + 1)]


def _kind(kind: str) -> str:
    # Longer than any piece, so never taken for one.
    return f"kind{kind.lower()}".replace("_", "").replace("-", "")


def matches(dialect: str, kind: str | None, terms: Sequence[str]) -> ColumnElement[bool]:
    """The condition on `SearchRow`: of this kind, and every term stands somewhere in a word."""
    if dialect == "sqlite":
        found = select(_ROWID).select_from(_FTS)
        return SearchRow.id.in_(found.where(_FTS_TEXT.op("MATCH")(asked(kind, terms))))
    contained = [SearchRow.folded.contains(term, autoescape=True) for term in terms]
    return and_(holds(as_type(pieces_of(kind, terms), ARRAY(Text))), *contained)


def newest_in_fts(question: ColumnElement[str], most: ColumnElement[int]) -> Select[int]:
    """Return the newest rows that answer a question to SQLite's index.

    Without the bound, a word that everything contains would be read out in full.
    """
    found = select(_ROWID).select_from(_FTS).where(_FTS_TEXT.op("MATCH")(question))
    return found.order_by(_ROWID.desc()).limit(most)


def pieces_of(kind: str | None, terms: Sequence[str]) -> list[str]:
    """All that PostgreSQL's index must hold of a row in which the terms may stand."""
    wanted = {piece for term in terms for piece in _asked_pieces(term)}
    return sorted(wanted | ({_kind(kind)} if kind else set()))


def holds(pieces: ColumnElement[Sequence[str]]) -> ColumnElement[bool]:
    """The condition on `SearchRow` that PostgreSQL's index holds all of these."""
    entry = func.core_search_pairs(SearchRow.grams)
    return entry.op("@>", is_comparison=True)(pieces)


# FTS5 names its hidden column for the whole row like the table.
_FTS = table("fts_core_search")
_FTS_TEXT: ColumnElement[str] = column("fts_core_search")
_ROWID: ColumnElement[int] = column("rowid", Integer)


def asked(kind: str | None, terms: Sequence[str]) -> str:
    """The question in FTS5's language. Folded terms hold letters and digits only: no quoting."""
    phrases = [_kind(kind)] if kind else []
    phrases += [" ".join(_asked_pieces(term)) for term in terms]
    return " AND ".join(f'"{phrase}"' for phrase in phrases)
