"""Cards that may be the same customer: while one is typed, and all there are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select, tuple_

from core.clock import today
from core.customers.identity_numbers import (
    NotAnIdentityNumber,
    parse_credit_code,
    parse_resident_id,
)
from core.customers.models import Customer, CustomerPhone, CustomersApart
from core.customers.queries import named, same_phone
from core.customers.resolution import resolve, same_customer
from core.customers.rows import sort_name
from core.db import db
from core.paging import Page, decode, encode
from core.search.folding import fold

#: So many cards of one exact name are looked at; more only say that the name is common.
_COMMON = 5
_SHOWN = 10
#: Digits at the end of a number that people keep when they change the rest.
_TAIL = 4
BY: Final = ("phone", "resident_id", "uscc", "company", "name")


@dataclass(frozen=True)
class Typed:
    """What is known so far of somebody who is being entered."""

    name: str = ""
    area: str = ""
    numbers: Sequence[str] = ()
    resident_id: str = ""
    uscc: str = ""


@dataclass(frozen=True)
class Alike:
    """Another card, and why it may be the same customer."""

    customer: Customer
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Cards that share something."""

    shared: str
    customers: Sequence[Customer]


def typed_of(row: Customer) -> Typed:
    """Return what a stored card is compared by."""
    numbers = [phone.number for phone in row.phones]
    return Typed(row.name, row.area, numbers, row.resident_id or "", row.uscc or "")


def alike(typed: Typed, besides: UUID | None = None) -> list[Alike]:
    """Return other cards that may be the same customer, the surest first."""
    found: dict[UUID, list[str]] = {}
    for reason, ids in _looks(typed, besides):
        for id_ in ids:
            found.setdefault(resolve(id_), []).append(reason)
    hidden = _own_and_apart(besides)
    cards = named(each for each in found if each not in hidden)
    alike_ = [
        Alike(cards[id_], tuple(dict.fromkeys(reasons)))
        for id_, reasons in found.items()
        if id_ in cards
    ]
    return alike_[:_SHOWN]


def _looks(typed: Typed, besides: UUID | None) -> Iterable[tuple[str, Iterable[UUID]]]:
    yield (
        "resident_id",
        _same_number(
            Customer.resident_id,
            typed.resident_id,
            lambda text: parse_resident_id(text, today=today()).number,
        ),
    )
    yield (
        "uscc",
        _same_number(Customer.uscc, typed.uscc, lambda text: parse_credit_code(text).number),
    )
    if typed.numbers:
        yield "phone", [row.id for row in same_phone(typed.numbers, besides)]
    if name := sort_name(typed.name.strip()):
        yield from _by_name(typed, name)


def _by_name(typed: Typed, name: str) -> Iterable[tuple[str, Iterable[UUID]]]:
    sounding = select(Customer.id).where(Customer.sort_name == name).limit(_SHOWN)
    if typed.area.strip():
        # Not by the index of areas: far fewer bear her name than live in her district.
        same_area = Customer.area.concat("") == typed.area.strip()
        yield "name_area", db.session.scalars(sounding.where(same_area))
    tails = {number[-_TAIL:] for number in typed.numbers if len(number) > _TAIL}
    if tails:
        ends = or_(*(CustomerPhone.number.like(f"%{tail}") for tail in sorted(tails)))
        phone = exists().where(CustomerPhone.customer_id == Customer.id, ends)
        yield "name_tail", db.session.scalars(sounding.where(phone))
    exact = fold(typed.name)
    query = select(Customer.id, Customer.name).where(Customer.sort_name == name)
    rows = db.session.execute(query.limit(40 * _COMMON)).all()
    same = [row.id for row in rows if fold(row.name) == exact]
    if len(same) <= _COMMON:
        yield "name", same


def _same_number(column: Any, text: str, parse: Callable[[str], str]) -> Iterable[UUID]:
    if not text.strip():
        return []
    try:
        number = parse(text)
    except NotAnIdentityNumber:
        return []
    return db.session.scalars(select(Customer.id).where(column == number).limit(_SHOWN))


def _own_and_apart(besides: UUID | None) -> set[UUID]:
    return same_customer(besides) | _apart_from(besides) if besides else set()


def _apart_from(customer_id: UUID) -> set[UUID]:
    """Return the cards of which somebody has said that they are not this customer's."""
    own = same_customer(customer_id)
    pair = (CustomersApart.first_id, CustomersApart.second_id)
    query = select(*pair).where(or_(*(column.in_(own) for column in pair)))
    return {resolve(each) for row in db.session.execute(query) for each in row} - own


def groups(by: str, *, limit: int = 20, after: str | None = None) -> Page[Group]:
    """Return cards that share a telephone, a number of the state or a name, group by group."""
    query, keys = _sharing(by)
    if after:
        given = decode(after, *["str"] * len(keys))
        query = query.having(tuple_(*keys) > tuple_(*given))
    rows = db.session.execute(query.order_by(*keys).limit(limit + 1)).all()
    found = [_group(by, tuple(row)) for row in rows[:limit]]
    next_ = encode(*rows[limit - 1]) if len(rows) > limit else None
    return Page([group for group in found if len(group.customers) > 1], next_)


def _sharing(by: str) -> tuple[Select[Any], list[Any]]:
    several = func.count() > 1
    if by == "phone":
        keys: list[Any] = [CustomerPhone.number]
        return select(*keys).group_by(*keys).having(several), keys
    if by in ("resident_id", "uscc"):
        keys = [getattr(Customer, by)]
        return select(*keys).where(keys[0].is_not(None)).group_by(*keys).having(several), keys
    if by == "company":
        keys = [Customer.sort_name]
        companies = select(*keys).where(Customer.kind == "company")
        return companies.group_by(*keys).having(several), keys
    keys = [Customer.sort_name, Customer.area]
    few = func.count().between(2, _COMMON)
    return select(*keys).where(Customer.area != "").group_by(*keys).having(few), keys


def _group(by: str, key: tuple[str, ...]) -> Group:
    query = select(Customer.id)
    if by == "phone":
        query = select(CustomerPhone.customer_id).where(CustomerPhone.number == key[0])
    elif by == "company":
        query = query.where(Customer.sort_name == key[0], Customer.kind == "company")
    elif by == "name":
        query = query.where(Customer.sort_name == key[0], Customer.area == key[1])
    else:
        query = query.where(getattr(Customer, by) == key[0])
    ids = list(dict.fromkeys(resolve(each) for each in db.session.scalars(query.limit(_SHOWN))))
    kept = [
        each
        for each in ids
        if any(other not in _apart_from(each) for other in ids if other != each)
    ]
    cards = named(kept)
    shared = "" if by in ("resident_id", "company") else key[-1]
    return Group(shared, [cards[each] for each in kept if each in cards])
