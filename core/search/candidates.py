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
    if dialect_name() == "sqlite":
        return _on_sqlite(terms, kinds, most)
    return _on_postgresql(terms, kinds, most)


def _ask(statement: Any, **values: Any) -> Sequence[Line]:
    return db.session.connection().execute(statement, values).all()


def _on_sqlite(terms: Sequence[str], kinds: Sequence[str] | None, most: int) -> Sequence[Line]:
    if kinds is not None:
        return _of_kinds(terms, kinds, most)
    found = _ask(_in_fts(1), asked_0=asked(None, terms), most=most)
    if len(found) < most:
        return found
    seen = {row.kind for row in found}
    if len(seen) > 1:
        return _of_kinds(terms, kinds_in_order(), most)
    # Of this kind they are the newest already, and it is the one that would take long.
    return [
        *found,
        *_of_kinds(terms, [kind for kind in kinds_in_order() if kind not in seen], most),
    ]


def _of_kinds(terms: Sequence[str], kinds: Sequence[str], most: int) -> Sequence[Line]:
    questions = {f"asked_{n}": asked(kind, terms) for n, kind in enumerate(kinds)}
    return _ask(_in_fts(len(kinds)), **questions, most=most)


@cache
def _in_fts(count: int) -> Select[*tuple[Any, ...]]:
    """The newest matches of each of so many questions."""
    return _rows(newest_in_fts(bindparam(f"asked_{n}"), _MOST) for n in range(count))


def _on_postgresql(terms: Sequence[str], kinds: Sequence[str] | None, most: int) -> Sequence[Line]:
    wanted = {"patterns": [f"%{term}%" for term in terms], "most": most}
    if kinds is None:
        (ids,) = _holders([None], terms)
        if len(ids) < _COMMON:
            return _ask(_among(0), ids=ids, **wanted)
        kinds = kinds_in_order()
    found = _holders(kinds, terms)
    rare = [id_ for ids in found if len(ids) < _COMMON for id_ in ids]
    common = [kind for kind, ids in zip(kinds, found, strict=True) if len(ids) >= _COMMON]
    named = {f"kind_{n}": kind for n, kind in enumerate(common)}
    return _ask(_among(len(common)), ids=rare, **named, **wanted)


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


@cache
def _among(common: int) -> Select[*tuple[Any, ...]]:
    """The newest matches among given rows, and those of so many kinds of which there are many.

    Of what is in every other row, reading rows from the newest on ends sooner than collecting
    all of them from the index.
    """
    # One array: thousands of parameters would take longer to read than the rows.
    given = SearchRow.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
    contains = SearchRow.folded.like(all_(bindparam("patterns", type_=ARRAY(Text))))
    latest = func.row_number().over(partition_by=SearchRow.kind, order_by=SearchRow.id.desc())
    rare = select(SearchRow.id, latest.label("place")).where(given, contains).subquery()
    of_kind: list[Select[Any]] = [
        select(SearchRow.id)
        .where(SearchRow.kind == bindparam(f"kind_{n}"), contains)
        .order_by(SearchRow.id.desc())
        .limit(_MOST)
        for n in range(common)
    ]
    newest: Select[Any] = select(rare.c.id).where(rare.c.place <= _MOST)
    return _rows([newest, *of_kind])


def _rows(ids: Iterable[Select[Any]]) -> Select[*tuple[Any, ...]]:
    return select(*COLUMNS).where(SearchRow.id.in_(_together(ids))).order_by(SearchRow.id.desc())


def _together(queries: Iterable[Select[Any]]) -> CompoundSelect[Any]:
    """All their rows; each keeps its own order and bound."""
    return union_all(*(select(query.subquery()) for query in queries))
