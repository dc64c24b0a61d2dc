"""Ask for something to be done, and take it back when it is needed no longer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.sql.dml import ReturningInsert

from bus.kept import Kept
from bus.rows import among_named
from core.clock import now
from core.db import connection, db, dialect_name, upsert
from core.ids import new_id
from core.people import current_person_or_none
from core.tasks.acts import close, tell
from core.tasks.gathering import is_settled, pass_on
from core.tasks.models import GATHERED, OPEN, WITHDRAWN, Task
from core.tasks.rank import grades_of, rank_on

_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A task to be asked for."""

    kind: str
    unique_key: str
    title: str
    due_on: date
    customer_id: UUID | None = None
    deal_id: UUID | None = None
    number: str | None = None
    pool: str = ""
    owner_id: UUID | None = None
    say: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    #: Why it is on the list: a msgid, with the same words in its places.
    reason: str = ""
    #: The money it is about.
    amount: Decimal | None = None
    currency: str | None = None
    #: How important it is, in days; grade and sum are added by the engine (core.tasks.rank).
    weight: int = 0


def ask(kind: str, unique_key: str, title: str, due_on: date, **more: Any) -> UUID:
    """Ask for something to be done; what was asked under this key before stays as it is.

    Title, text and reason are msgids: each reader sees them in his language, `words` in their
    places. What else can be said stands in `Ask`.
    """
    ask_many([Ask(kind=kind, unique_key=unique_key, title=title, due_on=due_on, **more)])
    return db.session.scalars(select(Task.id).where(Task.unique_key == unique_key)).one()


def ask_many(asks: Sequence[Ask]) -> int:
    """Ask for many things at once; return how many had not been asked for before."""
    grades = grades_of(each.customer_id for each in asks)
    rows = [_row(each, grades) for each in {each.unique_key: each for each in asks}.values()]
    statement = _insert_new()
    made: list[tuple[UUID, str]] = []
    for start in range(0, len(rows), _CHUNK):
        result = db.session.execute(statement, rows[start : start + _CHUNK])
        made += [(id_, kind) for id_, kind in result]
    tell(made)
    return len(made)


def withdraw(
    reason: str,
    *,
    unique_key: str | None = None,
    prefix: str | None = None,
    deal_id: UUID | None = None,
    customer_id: UUID | None = None,
    kind: str | None = None,
) -> int:
    """Take back open tasks that are needed no longer; return how many.

    Everything named must fit: a deal and a kind take back that kind of task of that deal.
    """
    named: list[ColumnElement[bool]] = []
    if unique_key is not None:
        named.append(Task.unique_key == unique_key)
    if prefix is not None:
        named.append(Task.unique_key.startswith(prefix, autoescape=True))
    named += [
        column == value
        for column, value in (
            (Task.deal_id, deal_id), (Task.customer_id, customer_id), (Task.kind, kind)
        )
        if value is not None
    ]  # fmt: skip
    if not named:
        raise ValueError("withdraw() must be told which tasks")
    waits = Task.state.in_((OPEN, GATHERED))
    query = select(Task).where(waits, *named).order_by(Task.id).with_for_update()
    tasks = [task for task in db.session.scalars(query).all() if not is_settled(task)]
    for task in tasks:
        close(task, WITHDRAWN, reason)
    if tasks:
        db.session.flush()
        pass_on(tasks)
    return len(tasks)


_TASKS = Task.__table__.c


@cache
def _asked_about(dialect: str) -> Kept:
    these = among_named(dialect, _TASKS.deal_id, "deals")
    asked = select(_TASKS.deal_id).where(_TASKS.state == OPEN, these)
    return Kept(asked.where(_TASKS.kind == bindparam("kind")))


@cache
def _asked_of(dialect: str) -> Kept:
    kinds = among_named(dialect, _TASKS.kind, "kinds")
    theirs = among_named(dialect, _TASKS.customer_id, "customers")
    return Kept(select(_TASKS.id).where(_TASKS.state == OPEN, kinds, theirs).limit(1))


def deals_asked_about(kind: str, deal_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these deals have an open task of a kind."""
    asked = {"kind": kind, "deals": sorted(deal_ids)}
    return {id_ for (id_,) in _asked_about(dialect_name()).rows(connection(), asked)}


def is_asked_of(customer_ids: Collection[UUID], kinds: Collection[str]) -> bool:
    """Tell whether there is an open task of these kinds for any of these customers."""
    asked = {"kinds": list(kinds), "customers": sorted(customer_ids)}
    return _asked_of(dialect_name()).first(connection(), asked) is not None


def _row(each: Ask, grades: Mapping[UUID, str]) -> dict[str, object]:
    person = current_person_or_none()
    grade = grades[each.customer_id] if each.customer_id else ""
    return {
        **{name: getattr(each, name) for name in Ask.__dataclass_fields__},
        "words": dict(each.words),
        "rank_on": rank_on(each.due_on, each.weight, each.amount, grade),
        "id": new_id(),
        "state": OPEN,
        "created_at": now(),
        "created_by": person.name if person else None,
    }


def _insert_new() -> ReturningInsert[UUID, str]:
    statement = upsert(Task).on_conflict_do_nothing(index_elements=["unique_key"])
    insert: ReturningInsert[UUID, str] = statement.returning(Task.id, Task.kind)
    return insert
