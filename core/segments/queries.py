"""What may be asked about segments."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.customers.models import Customer
from core.db import db
from core.paging import Page, decode, encode
from core.segments.conditions import Condition, missing, read
from core.segments.errors import SegmentIncomplete, SegmentNotFound
from core.segments.models import Segment
from core.segments.statement import customers_in

_CHUNK = 500


def segments() -> Sequence[Segment]:
    """Return all segments by name."""
    return db.session.scalars(select(Segment).order_by(Segment.name, Segment.id)).all()


def segment(segment_id: UUID) -> Segment:
    """Return a segment; raises SegmentNotFound."""
    row = db.session.get(Segment, segment_id)
    if row is None:
        raise SegmentNotFound
    return row


def conditions_of(row: Segment) -> list[Condition]:
    """Return what a segment asks for.

    Raises:
        SegmentIncomplete: when a module is off without which the answer would be wrong.
    """
    if gone := missing(row.conditions):
        raise SegmentIncomplete(
            fields=", ".join(str(field.title) for field in gone),
            module=", ".join(sorted({field.module for field in gone if field.module})),
        )
    return read(row.conditions)


def count(match: str, conditions: Sequence[Condition]) -> int:
    """Return how many customers fit, by one statement."""
    of = customers_in(match, conditions).subquery()
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def customers(
    match: str, conditions: Sequence[Condition], limit: int = 50, after: str | None = None
) -> Page[Customer]:
    """Return the customers who fit in the order of their names, a page at a time."""
    query = select(Customer).where(Customer.id.in_(customers_in(match, conditions)))
    if after:
        name, id_ = decode(after, "str", "uuid")
        query = query.where(tuple_(Customer.sort_name, Customer.id) > tuple_(name, id_))
    rows = db.session.scalars(
        query.order_by(Customer.sort_name, Customer.id).limit(limit + 1)
    ).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], encode(last.sort_name, last.id) if last else None)


def customer_ids(segment_id: UUID) -> Iterator[UUID]:
    """Return who is in a segment, for lists and campaigns; raises SegmentIncomplete."""
    row = segment(segment_id)
    yield from db.session.scalars(
        customers_in(row.match, conditions_of(row)).execution_options(yield_per=_CHUNK)
    )


def everybody(row: Segment) -> Iterator[Customer]:
    """Return all customers of a segment, page by page: memory for one page."""
    conditions, after = conditions_of(row), None
    while True:
        page = customers(row.match, conditions, _CHUNK, after)
        yield from page.items
        if (after := page.next) is None:
            return
        db.session.expunge_all()
