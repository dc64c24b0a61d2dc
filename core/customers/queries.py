"""What everybody may ask about customers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, select, tuple_

from bus.kept import Kept
from core.clock import zone
from core.customers.birthdays import birthday_text
from core.customers.drafts import AddressDraft, ContactDraft, CustomerDraft, PhoneDraft
from core.customers.errors import CustomerNotFound
from core.customers.models import (
    Customer,
    CustomerAlias,
    CustomerContact,
    CustomerPhone,
    CustomerTag,
    CustomerTouch,
)
from core.customers.resolution import resolve, same_customer
from core.db import connection, db
from core.paging import Page, decode, encode
from core.search.index import customers_matching

__all__ = [
    "Named", "customer", "customers", "draft_of", "ids_by_code", "name_of", "named", "resolve",
    "same_phone",
]  # fmt: skip


class Named(NamedTuple):
    """As whom the papers of an act name a customer."""

    id: UUID
    name: str


def customer(customer_id: UUID) -> Customer:
    """Return the card that stands for this customer today.

    Raises:
        CustomerNotFound: when there is none.
    """
    row = db.session.get(Customer, resolve(customer_id))
    if row is None:
        raise CustomerNotFound(customer_id=str(customer_id))
    return row


_CARDS = Customer.__table__
_NAMING = Kept(select(_CARDS.c.id, _CARDS.c.name).where(_CARDS.c.id == bindparam("id")))


def name_of(customer_id: UUID) -> Named:
    """Return the id and the name of that card, for acts that need no more of it.

    Raises:
        CustomerNotFound: when there is none.
    """
    row = _NAMING.first(connection(), {"id": resolve(customer_id)})
    if row is None:
        raise CustomerNotFound(customer_id=str(customer_id))
    return Named(*row)


def customers(
    *,
    q: str = "",
    area: str = "",
    tag: str = "",
    untouched: date | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Customer]:
    """Return cards in the order of their names, a page at a time.

    `untouched` leaves out whoever anything has happened with since that day.
    """
    query = (
        select(Customer)
        .where(Customer.id.not_in(select(CustomerAlias.alias_id)))
        .order_by(Customer.sort_name, Customer.id)
        .limit(limit + 1)
    )
    matching = customers_matching(q)
    if matching is not None:
        query = query.where(Customer.id.in_(matching))
    elif q.strip():
        return Page([], None)
    if area:
        query = query.where(Customer.area == area)
    if tag:
        query = query.where(Customer.tag_rows.any(CustomerTag.tag == tag))
    if untouched is not None:
        query = query.where(*_untouched(untouched))
    if after:
        name, id_ = decode(after, "str", "uuid")
        query = query.where(tuple_(Customer.sort_name, Customer.id) > tuple_(name, id_))
    rows = db.session.scalars(query).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], encode(last.sort_name, last.id) if last else None)


def _untouched(since: date) -> tuple[ColumnElement[bool], ...]:
    """That nothing has happened under any id of the customer, and the card is older."""
    begin = datetime.combine(since, time.min, zone())
    since_then = CustomerTouch.touched_at >= begin
    touched = exists().where(CustomerTouch.customer_id == Customer.id, since_then)
    as_another = exists().where(
        CustomerAlias.customer_id == Customer.id,
        CustomerTouch.customer_id == CustomerAlias.alias_id,
        since_then,
    )
    return Customer.created_at < begin, not_(touched), not_(as_another)


def touched_at(row: Customer) -> datetime:
    """Return when anything last happened with a customer; at the least her card was opened."""
    query = select(func.max(CustomerTouch.touched_at)).where(
        CustomerTouch.customer_id.in_(same_customer(row.id))
    )
    last = db.session.scalar(query)
    return max(last, row.created_at) if last else row.created_at


def aliases(customer_id: UUID) -> list[tuple[CustomerAlias, Customer]]:
    """Return the cards that this one stands for, with how that came, the newest first."""
    query = (
        select(CustomerAlias, Customer)
        .join(Customer, Customer.id == CustomerAlias.alias_id)
        .where(CustomerAlias.customer_id == customer_id)
        .order_by(CustomerAlias.merged_at.desc(), CustomerAlias.alias_id)
    )
    return [(alias, card) for alias, card in db.session.execute(query)]


def named(customer_ids: Iterable[UUID]) -> dict[UUID, Customer]:
    """Return the cards of many customers at once, under the ids that were asked for."""
    wanted = {each: resolve(each) for each in customer_ids}
    rows = db.session.scalars(select(Customer).where(Customer.id.in_(set(wanted.values()))))
    found = {row.id: row for row in rows}
    return {each: found[leading] for each, leading in wanted.items() if leading in found}


def customer_count() -> int:
    """Return how many customers there are; merged cards count once."""
    cards = db.session.scalar(select(func.count()).select_from(Customer)) or 0
    return cards - (db.session.scalar(select(func.count()).select_from(CustomerAlias)) or 0)


def same_phone(numbers: Sequence[str], besides: UUID | None = None) -> list[Customer]:
    """Return other cards with one of these numbers: perhaps the same customer, perhaps a family.

    A mobile number with an extension belongs to a platform and passes from one to another.
    """
    passing = and_(CustomerPhone.number.like("+861__________"), CustomerPhone.extension != "")
    holders = select(CustomerPhone.customer_id).where(
        CustomerPhone.number.in_(set(numbers)), not_(passing)
    )
    query = select(Customer).where(Customer.id.in_(holders)).order_by(Customer.sort_name)
    own = same_customer(besides) if besides else set()
    return [row for row in db.session.scalars(query.limit(20)) if row.id not in own]


def ids_by_code(codes: Iterable[str]) -> dict[str, UUID]:
    """Return the ids of those customers that an import knows by these codes."""
    query = select(Customer.code, Customer.id).where(Customer.code.in_(set(codes)))
    return {str(code): id_ for code, id_ in db.session.execute(query)}


def draft_of(row: Customer) -> CustomerDraft:
    """Return the card as somebody would have to enter it."""
    birthday = row.birthday
    return CustomerDraft(
        name=row.name,
        phones=[PhoneDraft(phone.typed, phone.label) for phone in row.phones],
        addresses=[AddressDraft(one.text, one.label, one.contact) for one in row.addresses],
        note=row.note,
        code=row.code,
        resident_id=row.resident_id or "",
        birthday=birthday_text(birthday),
        birth_calendar=birthday.calendar if birthday else "solar",
        uscc=row.uscc or "",
        contacts=[_contact(one) for one in row.contacts],
        tags=row.tags,
        **{name: getattr(row, name) for name in _AS_STORED},
    )


def _contact(row: CustomerContact) -> ContactDraft:
    birthday = birthday_text(row.birthday)
    return ContactDraft(row.relation, row.name, row.phone, birthday, row.exam_year, row.note)


_AS_STORED = (
    *("kind", "surname", "title", "household_size", "pay_day", "brand", "brand_name", "prefers"),
    *("area", "seller_id", "legal_person", "trade", "staff", "terms", "opted_out", "email"),
)
