"""Pairs of neighbouring characters: what makes a part of a word quick to find in any script.

Neither database has an index of its own that finds a two-character Chinese word inside a longer
one, so the pairs are ours: SQLite keeps them in FTS5, where a phrase of pairs is exactly a part
of the word; PostgreSQL in a GIN index over the set of pairs, after which LIKE makes sure.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    any_,
    column,
    func,
    select,
    table,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from core.search.models import SearchRow


def grams(kind: str, words: Iterable[str]) -> str:
    """The index entry of folded words: the kind, the pairs of each word, every character once."""
    words = list(words)
    pairs = [pair for word in words for pair in (*_pairs(word), word[-1])]
    return " ".join([_kind(kind), *pairs, *sorted(set("".join(words)))])


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)]


def _kind(kind: str) -> str:
    # Longer than any pair, so never taken for one.
    return f"kind{kind.lower()}".replace("_", "").replace("-", "")


def matches(
    dialect: str, kind: str | None, terms: Sequence[str], newest: int | None = None
) -> ColumnElement[bool]:
    """The condition on `SearchRow`: of this kind, and every term stands somewhere in a word.

    `newest` allows to look no further than that many rows back from the end of the index.
    """
    if dialect == "sqlite":
        rowid = column("rowid", Integer)
        found = select(rowid).select_from(_FTS).where(_FTS_TEXT.op("MATCH")(_asked(kind, terms)))
        # Without a bound a word that everything contains would be read out in full.
        return SearchRow.id.in_(found.order_by(rowid.desc()).limit(newest) if newest else found)
    return and_(_holds(kind, terms), *_contains(terms))


def matches_among(ids: Sequence[int], terms: Sequence[str]) -> ColumnElement[bool]:
    """The condition among rows that are known to hold all pairs."""
    # One array: thousands of parameters would take longer to read than the rows.
    among = SearchRow.id == any_(as_type(list(ids), ARRAY(BigInteger)))
    return and_(among, *_contains(terms))


def matches_by_reading(kind: str | None, terms: Sequence[str]) -> ColumnElement[bool]:
    """The same condition for PostgreSQL without its index.

    For what is in every other row, reading rows from the newest on ends sooner than collecting
    all of them from the index.
    """
    return and_(*([SearchRow.kind == kind] if kind else []), *_contains(terms))


def holders(kind: str | None, terms: Sequence[str], most: int) -> Select[int]:
    """Return, up to a bound, the ids of the rows that hold all pairs, on PostgreSQL."""
    return select(SearchRow.id).where(_holds(kind, terms)).limit(most)


def _holds(kind: str | None, terms: Sequence[str]) -> ColumnElement[bool]:
    wanted = {pair for term in terms for pair in (_pairs(term) or [term])}
    wanted |= {_kind(kind)} if kind else set()
    entry = func.core_search_pairs(SearchRow.grams)
    return entry.op("@>", is_comparison=True)(as_type(sorted(wanted), ARRAY(Text)))


def _contains(terms: Sequence[str]) -> list[ColumnElement[bool]]:
    return [SearchRow.folded.contains(term, autoescape=True) for term in terms]


# FTS5 names its hidden column for the whole row like the table.
_FTS = table("fts_core_search")
_FTS_TEXT: ColumnElement[str] = column("fts_core_search")


def _asked(kind: str | None, terms: Sequence[str]) -> str:
    """The question in FTS5's language. Folded terms hold letters and digits only: no quoting."""
    phrases = [_kind(kind)] if kind else []
    phrases += [" ".join(_pairs(term) or [term]) for term in terms]
    return " AND ".join(f'"{phrase}"' for phrase in phrases)
