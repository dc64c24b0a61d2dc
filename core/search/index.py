"""Find things again, best first, and only what the person at the screen may see.

Whoever makes a change puts it into the index: `put`, `put_many`, `remove`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from core.db import db
from core.people import current_person_or_none
from core.registry import switchboard
from core.search.entries import Entry, put, put_many, remove
from core.search.folding import fold, terms
from core.search.grams import holders, matches, matches_among, matches_by_reading
from core.search.kinds import kinds_in_order
from core.search.models import SearchRow

__all__ = [
    "Entry",
    "Found",
    "customers_matching",
    "find",
    "of_customers",
    "put",
    "put_many",
    "refs_matching",
    "remove",
]

#: How many of the newest matches of a kind are looked at to choose the best.
_CANDIDATES = 200
#: So many rows are sooner read from the newest on than collected from the index.
_COMMON = 3000
_Line = Row[*tuple[Any, ...]]
_COLUMNS = (
    SearchRow.kind,
    SearchRow.ref,
    SearchRow.title,
    SearchRow.subtitle,
    SearchRow.customer_id,
    SearchRow.folded,
    SearchRow.permission,
    SearchRow.module,
)
#: A question that finds so few customers is about their orders, too.
_FEW = 3


@dataclass(frozen=True)
class Found:
    """One thing that answers a question."""

    kind: str
    ref: str
    title: str
    subtitle: str
    customer_id: UUID | None
    #: Lower is better: the name itself, the beginning of a word, somewhere inside.
    distance: int = field(compare=False, default=0)


def find(q: str, limit: int = 20, kinds: Sequence[str] | None = None) -> list[Found]:
    """Return what answers the question best and the person in front of the screen may see."""
    wanted = terms(q)
    if not wanted:
        return []
    if kinds:
        return _sorted(each for kind in kinds for each in _newest(kind, wanted, limit))[:limit]
    # Half the room for each kind at first, so that a customer's many orders do not hide her.
    half = max(limit // 2, 1)
    best = [_sorted(same) for same in _by_kind(wanted, limit)]
    first = _sorted(each for same in best for each in same[:half])
    rest = _sorted(each for same in best for each in same[half:])
    return _with_their_orders((first + rest)[:limit], limit)


def _by_kind(wanted: list[str], limit: int) -> list[list[Found]]:
    """Return what was found of each kind; one look is enough unless very much is found."""
    names = kinds_in_order()
    rows = _rows(None, wanted, limit)
    if len(rows) >= _looked_at(limit):
        return [_newest(name, wanted, limit) for name in names]
    found = _shown(rows, wanted)
    return [[each for each in found if each.kind == name] for name in names]


def _sorted(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda each: each.distance)


def _with_their_orders(found: list[Found], limit: int) -> list[Found]:
    """Add the orders of the customers found: a phone number is asked for because of an order."""
    people = {each.customer_id for each in found if each.kind == "customer" and each.customer_id}
    if not people or len(people) > _FEW or len(found) >= limit:
        return found
    known = {(each.kind, each.ref) for each in found}
    theirs = of_customers("order", people, limit - len(found))
    return found + [each for each in theirs if (each.kind, each.ref) not in known]


def _newest(kind: str, wanted: list[str], limit: int) -> list[Found]:
    return _shown(_rows(kind, wanted, limit), wanted)


def _looked_at(limit: int) -> int:
    return max(_CANDIDATES, limit)


def _rows(kind: str | None, wanted: list[str], limit: int) -> Sequence[_Line]:
    """Return the newest matches, whoever may see them."""
    newest = _looked_at(limit)
    query = (
        select(*_COLUMNS)
        .where(_condition(kind, wanted, newest))
        .order_by(SearchRow.id.desc())
        .limit(newest)
    )
    return db.session.execute(query).all()


def _condition(kind: str | None, wanted: list[str], newest: int) -> ColumnElement[bool]:
    if _dialect() != "postgresql":
        return matches(_dialect(), kind, wanted, newest)
    # Asked apart: given all of it, the planner trusts an estimate that is often far too low.
    ids = db.session.scalars(holders(kind, wanted, _COMMON)).all()
    if len(ids) >= _COMMON:
        return matches_by_reading(kind, wanted)
    return matches_among(ids, wanted)


def _shown(rows: Sequence[_Line], wanted: list[str]) -> list[Found]:
    """Return what the person may see of these rows."""
    allowed, on = _seeing()
    return [
        _found(row, wanted)
        for row in rows
        if (row.permission is None or row.permission in allowed)
        and (row.module is None or row.module in on)
    ]


def of_customers(kind: str, customer_ids: Iterable[UUID], limit: int) -> list[Found]:
    """Return the newest things of a kind that belong to these customers."""
    query = (
        select(*_COLUMNS)
        .where(SearchRow.customer_id.in_(set(customer_ids)), SearchRow.kind == kind)
        .order_by(SearchRow.id.desc())
        .limit(limit)
    )
    return _shown(db.session.execute(query).all(), [])


def refs_matching(kind: str, q: str) -> Select[str] | None:
    """Return the refs of all that match, for the WHERE of a list; None when nothing was asked."""
    wanted = terms(q)
    if not wanted:
        return None
    return select(SearchRow.ref).where(matches(_dialect(), kind, wanted))


def customers_matching(q: str) -> Select[UUID | None] | None:
    """Return the ids of all customers that match, for the WHERE of a list."""
    wanted = terms(q)
    if not wanted:
        return None
    return select(SearchRow.customer_id).where(matches(_dialect(), "customer", wanted))


def _seeing() -> tuple[frozenset[str], frozenset[str]]:
    """Return what the person at the screen is allowed, and which modules are on."""
    person = current_person_or_none()
    allowed = person.permissions if person else frozenset()
    return allowed, frozenset(module.name for module in switchboard.modules_on())


def _found(row: _Line, wanted: list[str]) -> Found:
    return Found(
        row.kind, row.ref, row.title, row.subtitle, row.customer_id, _distance(row, wanted)
    )


def _distance(row: _Line, wanted: list[str]) -> int:
    title, asked = fold(row.title), "".join(wanted)
    if title == asked:
        return 0
    if title.startswith(asked):
        return 1
    words = row.folded.split(" ")
    return 2 if any(word.startswith(term) for term in wanted for word in words) else 3


def _dialect() -> str:
    return db.session.get_bind().dialect.name
