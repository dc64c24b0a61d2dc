"""Find things again, best first, and only what the person at the screen may see.

Whoever makes a change puts it into the index: `put`, `put_many`, `remove`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from core.customers.resolution import merged_ids, resolve, same_customer
from core.db import db, dialect_name
from core.people import current_person_or_none
from core.registry import switchboard
from core.search.candidates import COLUMNS, Line, newest_of_each
from core.search.entries import Entry, put, put_many, remove
from core.search.folding import fold, terms
from core.search.grams import matches
from core.search.kinds import kind_named, kinds_in_order
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

#: A match and how far it is from the question.
_Near = tuple[int, Line]
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
    best = _by_kind(wanted, limit, kinds)
    if kinds:
        return _one_for_each(_sorted(chain(*best)), limit)
    # Half the room for each kind at first, so that a customer's many orders do not hide her.
    half = max(limit // 2, 1)
    first = _sorted(each for same in best for each in same[:half])
    rest = _sorted(each for same in best for each in same[half:])
    return _with_their_orders(_one_for_each(first + rest, limit), limit)


def _by_kind(wanted: list[str], limit: int, kinds: Sequence[str] | None) -> list[list[_Near]]:
    """Return what the person may see of the newest matches of each kind, best first."""
    rows = _shown(newest_of_each(wanted, kinds or None, limit))
    of_kind: dict[str, list[_Near]] = {kind: [] for kind in kinds or kinds_in_order()}
    for row in rows:
        # A kind whose module is gone is not shown.
        of_kind.get(row.kind, []).append((_distance(row, wanted), row))
    return [_sorted(same) for same in of_kind.values()]


def _sorted(found: Iterable[_Near]) -> list[_Near]:
    return sorted(found, key=itemgetter(0))


def _one_for_each(found: Iterable[_Near], limit: int) -> list[Found]:
    """Name every customer once, by the card that stands for all of hers; no more than so many."""
    result: dict[tuple[str, str], Found] = {}
    for distance, row in found:
        if len(result) == limit:
            break
        one = _found(row, distance)
        if one.kind == "customer" and one.customer_id is not None:
            leading = resolve(one.customer_id)
            one = one if leading == one.customer_id else _stood_for(one, leading)
        result.setdefault((one.kind, one.ref), one)
    return list(result.values())


def _stood_for(alias: Found, leading: UUID) -> Found:
    """The card that leads; what was found is said below its name."""
    also = " · ".join(each for each in (alias.title, alias.subtitle) if each)
    where = (SearchRow.kind == "customer", SearchRow.ref == str(leading))
    title = db.session.scalar(select(SearchRow.title).where(*where)) or alias.title
    return replace(alias, ref=str(leading), title=title, subtitle=also, customer_id=leading)


def _with_their_orders(found: list[Found], limit: int) -> list[Found]:
    """Add the orders of the customers found: a phone number is asked for because of an order."""
    people = {each.customer_id for each in found if each.kind == "customer" and each.customer_id}
    if not people or len(people) > _FEW or len(found) >= limit:
        return found
    known = {(each.kind, each.ref) for each in found}
    ids = {one for each in people for one in same_customer(each)}
    theirs = of_customers("order", ids, limit - len(found))
    return found + [each for each in theirs if (each.kind, each.ref) not in known]


def _shown(rows: Iterable[Line]) -> list[Line]:
    """Return what the person may see of these rows."""
    allowed, on = _seeing()
    return [
        row
        for row in rows
        if {row.permission, _asked_of(row.kind)} - {None} <= allowed
        and (row.module is None or row.module in on)
    ]


def _asked_of(kind: str) -> str | None:
    """Return what must be allowed to find any of this kind."""
    declared = kind_named(kind)
    return declared.permission if declared else None


def of_customers(kind: str, customer_ids: Iterable[UUID], limit: int) -> list[Found]:
    """Return the newest things of a kind that belong to these customers."""
    query = (
        select(*COLUMNS)
        .where(SearchRow.customer_id.in_(set(customer_ids)), SearchRow.kind == kind)
        .order_by(SearchRow.id.desc())
        .limit(limit)
    )
    return [_found(row) for row in _shown(db.session.execute(query).all())]


def refs_matching(kind: str, q: str) -> Select[str] | None:
    """Return the refs of all that match, for the WHERE of a list; None when nothing was asked."""
    wanted = terms(q)
    if not wanted:
        return None
    return select(SearchRow.ref).where(matches(dialect_name(), kind, wanted))


def customers_matching(q: str) -> Select[UUID | None] | None:
    """Return the ids of all customers that match, for the WHERE of a list.

    Of cards that are one customer all match when one of them does.
    """
    wanted = terms(q)
    if not wanted:
        return None
    matching = matches(dialect_name(), "customer", wanted)
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


def _found(row: Line, distance: int = 0) -> Found:
    owner = UUID(str(row.customer_id)) if row.customer_id else None
    return Found(row.kind, row.ref, row.title, row.subtitle, owner, distance)


def _distance(row: Line, wanted: list[str]) -> int:
    title, asked = fold(row.title), "".join(wanted)
    if title == asked:
        return 0
    if title.startswith(asked):
        return 1
    words = f" {row.folded}"
    return 2 if any(f" {term}" in words for term in wanted) else 3
