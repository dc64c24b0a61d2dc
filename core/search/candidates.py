"""The newest matches of each kind, among which the best are chosen; statements are built once.

One look is enough unless very much is found; then each kind is looked at, all in one statement,
so that many matches of one kind do not hide those of another.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    Text,
    all_,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from core.db import db, dialect_name
from core.search.grams import asked, holds, newest_in_fts, pieces_of
from core.search.kinds import kinds_in_order
from core.search.models import SearchRow

Line = Row[*tuple[Any, ...]]
#: How many of the newest matches of a kind are looked at to choose the best.
_CANDIDATES = 200
#: So many rows are sooner read from the newest on than collected from the index.
_COMMON = 3000
#: Whose it is comes as the database writes it: of hundreds of rows only a few are shown.
COLUMNS = (
    SearchRow.kind,
    SearchRow.ref,
    SearchRow.title,
    SearchRow.subtitle,
    type_coerce(SearchRow.customer_id, String).label("customer_id"),
    SearchRow.folded,
    SearchRow.permission,
    SearchRow.module,
)
_MOST: ColumnElement[int] = bindparam("most")


def newest_of_each(terms: Sequence[str], kinds: Sequence[str] | None, least: int) -> Sequence[Line]:
    """Return the newest matches of each of these kinds, or of all, whoever may see them.

    Those of one kind come newest first.
    """
    most = max(_CANDIDATES, least)
    sqlite = dialect_name() == "sqlite"
    of_kinds = _of_kinds_in_fts if sqlite else _of_kinds_by_pieces
    if kinds is not None:
        return of_kinds(terms, kinds, most)
    found = (_newest_in_fts if sqlite else _newest_by_pieces)(terms, most)
    if len(found) < most:
        return found
    seen = {row.kind for row in found}
    if len(seen) > 1:
        return of_kinds(terms, kinds_in_order(), most)
    # Of this kind they are the newest already, and it is the one that would take long.
    others = [kind for kind in kinds_in_order() if kind not in seen]
    return [*found, *of_kinds(terms, others, most)]


def _ask(statement: Any, **values: Any) -> Sequence[Line]:
    return db.session.connection().execute(statement, values).all()


def _newest_in_fts(terms: Sequence[str], most: int) -> Sequence[Line]:
    return _ask(_in_fts(1), asked_0=asked(None, terms), most=most)


def _of_kinds_in_fts(terms: Sequence[str], kinds: Sequence[str], most: int) -> Sequence[Line]:
    questions = {f"asked_{n}": asked(kind, terms) for n, kind in enumerate(kinds)}
    return _ask(_in_fts(len(kinds)), **questions, most=most)


@cache
def _in_fts(count: int) -> Select[*tuple[Any, ...]]:
    """The newest matches of each of so many questions."""
    return _rows(newest_in_fts(bindparam(f"asked_{n}"), _MOST) for n in range(count))


def _newest_by_pieces(terms: Sequence[str], most: int) -> Sequence[Line]:
    (ids,) = _holders([None], terms)
    if len(ids) < _COMMON:
        return _ask(_NEWEST_AMONG, ids=ids, patterns=_patterns(terms), most=most)
    return _ask(_NEWEST_OFTEN, patterns=_patterns(terms), most=most)


def _of_kinds_by_pieces(terms: Sequence[str], kinds: Sequence[str], most: int) -> Sequence[Line]:
    found = _holders(kinds, terms)
    rare = [id_ for ids in found if len(ids) < _COMMON for id_ in ids]
    common = [kind for kind, ids in zip(kinds, found, strict=True) if len(ids) >= _COMMON]
    named = {f"kind_{n}": kind for n, kind in enumerate(common)}
    patterns = _patterns(terms)
    return _ask(_of_kinds(len(common)), ids=rare, patterns=patterns, most=most, **named)


def _patterns(terms: Sequence[str]) -> list[str]:
    return [f"%{term}%" for term in terms]


def _holders(kinds: Sequence[str | None], terms: Sequence[str]) -> list[list[int]]:
    """Return of each kind, up to a bound, the rows that hold all pieces.

    Asked apart: given all of it, the planner trusts an estimate that is often far too low.
    """
    pieces = {f"pieces_{n}": pieces_of(kind, terms) for n, kind in enumerate(kinds)}
    found: list[list[int]] = [[] for _kind in kinds]
    for place, id_ in _ask(_holding(len(kinds)), **pieces, common=_COMMON):
        found[place].append(id_)
    return found


@cache
def _holding(count: int) -> CompoundSelect[Any]:
    return _together(_holding_one(n) for n in range(count))


def _holding_one(place: int) -> Select[Any]:
    pieces = bindparam(f"pieces_{place}", type_=ARRAY(Text))
    columns: tuple[Any, ...] = (literal_column(str(place)).label("place"), SearchRow.id)
    return select(*columns).where(holds(pieces)).limit(bindparam("common"))


# One array: thousands of parameters would take longer to read than the rows.
_GIVEN = SearchRow.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
_CONTAINS = SearchRow.folded.like(all_(bindparam("patterns", type_=ARRAY(Text))))
# Of what is in every other row, reading rows from the newest on ends sooner than collecting all
# of them from the index. A planner that can see the LIKE takes it to be rare and sorts them all.
_OFTEN = func.coalesce(_CONTAINS, False)
_NEWEST = select(*COLUMNS).order_by(SearchRow.id.desc()).limit(_MOST)
_NEWEST_AMONG = _NEWEST.where(_GIVEN, _CONTAINS)
_NEWEST_OFTEN = _NEWEST.where(_OFTEN)


@cache
def _of_kinds(common: int) -> Select[*tuple[Any, ...]]:
    """The newest of each kind among given rows, and of so many kinds of which there are many."""
    latest = func.row_number().over(partition_by=SearchRow.kind, order_by=SearchRow.id.desc())
    rare = select(SearchRow.id, latest.label("place")).where(_GIVEN, _CONTAINS).subquery()
    newest: Select[Any] = select(rare.c.id).where(rare.c.place <= _MOST)
    of_kind: list[Select[Any]] = [
        select(SearchRow.id)
        .where(SearchRow.kind == bindparam(f"kind_{n}"), _OFTEN)
        .order_by(SearchRow.id.desc())
        .limit(_MOST)
        for n in range(common)
    ]
    return _rows([newest, *of_kind])


def _rows(ids: Iterable[Select[Any]]) -> Select[*tuple[Any, ...]]:
    return select(*COLUMNS).where(SearchRow.id.in_(_together(ids))).order_by(SearchRow.id.desc())


def _together(queries: Iterable[Select[Any]]) -> CompoundSelect[Any]:
    """All their rows; each keeps its own order and bound."""
    return union_all(*(select(query.subquery()) for query in queries))
