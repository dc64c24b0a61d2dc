"""Find things again, best first, and only what the person at the screen may see.

Whoever makes a change puts it into the index: `put`, `put_many`, `remove`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from core.customers.resolution import merged_ids, resolve, same_customer
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
        found = _sorted(each for kind in kinds for each in _newest(kind, wanted, limit))
        return _one_for_each(found, limit)
    # Half the room for each kind at first, so that a customer's many orders do not hide her.
    half = max(limit // 2, 1)
    best = [_sorted(same) for same in _by_kind(wanted, limit)]
    first = _sorted(each for same in best for each in same[:half])
    rest = _sorted(each for same in best for each in same[half:])
    return _with_their_orders(_one_for_each(first + rest, limit), limit)


def _one_for_each(found: Iterable[Found], limit: int) -> list[Found]:
    """Name every customer once, by the card that stands for all of hers; no more than so many."""
    result: dict[tuple[str, str], Found] = {}
    for each in found:
        if len(result) == limit:
            break
        one = each
        if each.kind == "customer" and each.customer_id is not None:
            leading = resolve(each.customer_id)
            one = each if leading == each.customer_id else _stood_for(each, leading)
        result.setdefault((one.kind, one.ref), one)
    return list(result.values())


def _stood_for(alias: Found, leading: UUID) -> Found:
    """The card that leads; what was found is said below its name."""
    also = " · ".join(each for each in (alias.title, alias.subtitle) if each)
    where = (SearchRow.kind == "customer", SearchRow.ref == str(leading))
    title = db.session.scalar(select(SearchRow.title).where(*where)) or alias.title
    return replace(alias, ref=str(leading), title=title, subtitle=also, customer_id=leading)


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
    ids = {one for each in people for one in same_customer(each)}
    theirs = of_customers("order", ids, limit - len(found))
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
    """Return the ids of all customers that match, for the WHERE of a list.

    Of cards that are one customer all match when one of them does.
    """
    wanted = terms(q)
    if not wanted:
        return None
    matching = matches(_dialect(), "customer", wanted)
    others = _cards_of_the_same(matching)
    if others:
        also = and_(SearchRow.kind == "customer", SearchRow.customer_id.in_(others))
        matching = or_(matching, also)
    return select(SearchRow.customer_id).where(matching)


def _cards_of_the_same(matching: ColumnElement[bool]) -> set[UUID]:
    """Return the cards that match only as a part of a customer who has several."""
    merged = merged_ids()
    if not merged:
        return set()
    query = select(SearchRow.customer_id).where(SearchRow.customer_id.in_(merged), matching)
    found = {each for each in db.session.scalars(query) if each is not None}
    return {other for each in found for other in same_customer(each)} - found


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
