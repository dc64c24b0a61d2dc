"""Complaints: one of them, lists, and how many stand at each step."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from core.clock import now, zone
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.search.index import customers_matching
from core.text import tidy
from modules.service.errors import ComplaintNotFound
from modules.service.models import Compensation, Complaint
from modules.service.models.complaints import CLOSED, STATES


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which complaints are asked for; what is empty does not narrow them."""

    state: str = ""
    kind: str = ""
    cause: str = ""
    department: str = ""
    sku: str = ""
    #: The month in which it was recorded, as 2026-11.
    month: str = ""
    late: bool = False
    #: Complaints that this person answers for.
    answerable_id: UUID | None = None
    customer_id: UUID | None = None
    deal_id: UUID | None = None
    order: str = ""
    q: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything besides the state is asked for."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "state")


def complaint(complaint_id: UUID) -> Complaint:
    """Return a complaint.

    Raises:
        ComplaintNotFound: when there is none.
    """
    found = db.session.get(Complaint, complaint_id)
    if found is None:
        raise ComplaintNotFound
    return found


def complaints(sought: Sought, *, limit: int = 50, after: str | None = None) -> Page[Complaint]:
    """Return complaints, newest first."""
    query = select(Complaint).where(*_conditions(sought))
    if after:
        last = complaint(decode(after, "uuid")[0])
        key = tuple_(last.opened_at, last.id)
        query = query.where(tuple_(Complaint.opened_at, Complaint.id) < key)
    query = query.order_by(Complaint.opened_at.desc(), Complaint.id.desc())
    rows = db.session.scalars(query.limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def complaint_counts(sought: Sought | None = None) -> dict[str, int]:
    """Return how many complaints are at each step, of those that are asked for."""
    query = select(Complaint.state, func.count()).group_by(Complaint.state)
    if sought is not None:
        query = query.where(*_conditions(sought, at_any_step=True))
    counted = dict.fromkeys(STATES, 0)
    for state, count in db.session.execute(query):
        counted[state] = count
    return counted


def open_complaint_count() -> int:
    """Return how many complaints are not closed yet."""
    query = select(func.count()).where(Complaint.state != CLOSED)
    return db.session.scalar(query) or 0


def late_count() -> int:
    """Return for how many complaints a step is late."""
    return db.session.scalar(select(func.count()).where(Complaint.due_at < now())) or 0


def compensations(complaint_id: UUID) -> Sequence[Compensation]:
    """Return what the customer was offered, the last offer first."""
    query = select(Compensation).where(Compensation.complaint_id == complaint_id)
    order = Compensation.proposed_at.desc(), Compensation.id.desc()
    return db.session.scalars(query.order_by(*order)).all()


def month_of(moment: datetime) -> str:
    """Return the company's month of a moment, as 2026-11."""
    return moment.astimezone(zone()).strftime("%Y-%m")


def _conditions(sought: Sought, *, at_any_step: bool = False) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        getattr(Complaint, name) == value
        for name in ("kind", "cause", "department", "sku", "answerable_id", "deal_id", "order")
        if (value := getattr(sought, name))
    ]
    if sought.state and not at_any_step:
        is_open = sought.state == "open"
        found.append(Complaint.state != CLOSED if is_open else Complaint.state == sought.state)
    if sought.month:
        found += _within(sought.month)
    if sought.late:
        found.append(Complaint.due_at < now())
    if sought.customer_id is not None:
        found.append(Complaint.customer_id.in_(same_customer(sought.customer_id)))
    if sought.q.strip():
        found.append(_matching(sought.q))
    return found


def _within(month: str) -> list[ColumnElement[bool]]:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return []
    later = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    begins, ends = (datetime.combine(day, time(), zone()) for day in (first, later))
    return [Complaint.opened_at >= begins, Complaint.opened_at < ends]


def _matching(q: str) -> ColumnElement[bool]:
    words = tidy(q)
    found = [
        column.icontains(words, autoescape=True)
        for column in (Complaint.number, Complaint.order, Complaint.text, Complaint.product)
    ]
    customers = customers_matching(q)
    if customers is not None:
        found.append(Complaint.customer_id.in_(customers))
    return or_(*found, Complaint.lot == words, Complaint.serial == words)
