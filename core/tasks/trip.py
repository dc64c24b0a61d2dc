"""Whom to see on one trip: the tasks of one area, street by street."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from core.customers.leading import leading, standing_for
from core.customers.models import Customer, CustomerAddress
from core.db import db
from core.paging import Page, decode, encode
from core.people import current_person
from core.tasks.models import Task
from core.tasks.scopes import to_do
from core.tasks.work import Work, work_of

_STREET = func.coalesce(CustomerAddress.text, "")


@dataclass(frozen=True)
class Area:
    """A part of the town with how many tasks are to be done there; no name: nobody knows where."""

    name: str
    count: int


def areas(whose: str = "me", *, due: ColumnElement[bool] | None = None) -> list[Area]:
    """Return the areas in which the person at the screen has something to do, the fullest first.

    What stands in no area comes last.
    """
    area, count = func.coalesce(Customer.area, ""), func.count()
    query = with_customer(select(area, count).select_from(Task))
    query = query.where(to_do(current_person(), whose))
    if due is not None:
        query = query.where(due)
    rows = db.session.execute(query.group_by(area).order_by(area == "", count.desc(), area))
    return [Area(name, number) for name, number in rows]


def trip(
    area: str, *, due: ColumnElement[bool] | None = None, limit: int = 50, after: str | None = None
) -> Page[Work]:
    """Return what is to be done in one area, house by house."""
    query = with_customer(select(Task, _STREET.label("street")))
    query = query.where(to_do(current_person()), in_area(area))
    if due is not None:
        query = query.where(due)
    if after:
        street, day, id_ = decode(after, "str", "date", "uuid")
        query = query.where(tuple_(_STREET, Task.rank_on, Task.id) > tuple_(street, day, id_))
    rows = db.session.execute(query.order_by(_STREET, Task.rank_on, Task.id).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    following = encode(last.street, last.Task.rank_on, last.Task.id) if last else None
    return Page(work_of(row.Task for row in rows[:limit]), following)


def in_area(area: str) -> ColumnElement[bool]:
    """Return the condition for tasks of customers who live there."""
    return Customer.area == area if area else or_(Customer.area == "", Customer.area.is_(None))


def with_customer(query: Any) -> Any:
    """Join each task's card of today (merged cards are one) and its first address."""
    cards = leading()
    card = standing_for(cards, Task.customer_id)
    return (
        query.outerjoin(cards, cards.c.alias_id == Task.customer_id)
        .outerjoin(Customer, Customer.id == card)
        .outerjoin(
            CustomerAddress,
            and_(CustomerAddress.customer_id == Customer.id, CustomerAddress.position == 0),
        )
    )
