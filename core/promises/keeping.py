"""Keep promises: ask for what has fallen due, once, a few days at a time.

What is asked has the key (promise, subject, time), so a night that is repeated asks for nothing
twice, and what somebody has done or taken back stays so.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from core.clock import today
from core.db import db, reading, unit_of_work
from core.promises.kinds import Occurrence, PromiseKind, Span, is_on, kind_of
from core.promises.models import Promise
from core.tasks import services as tasks
from core.tasks.models import OPEN, Task

_CHUNK = 500
#: So many days are looked at at once.
_DAYS = 7


def keep_all(app: Flask) -> int:
    """Keep every promise for the days since it was last kept; return how many tasks it asked."""
    with reading(app):
        due = [row.id for row in _active() if row.kept_to is None or row.kept_to < today()]
    return sum(_keep(app, promise_id) for promise_id in due)


def keep_for(kind_name: str, about: Collection[UUID]) -> int:
    """Ask at once for what has just happened to these deals or customers brings, also later.

    For handlers of events: in the transaction of their delivery.
    """
    kind = kind_of(kind_name)
    if kind is None or not about:
        return 0
    asked = 0
    for promise in _active(kind_name):
        span = Span(promise.since or date.min, date.max)
        found = kind.find(promise.settings, span, about)
        asked += _ask(promise, kind, [each for each in found if each.due_on in span])
    return asked


def withdraw(
    kind_name: str,
    reason: str,
    *,
    deal_id: UUID | None = None,
    customer_id: UUID | None = None,
    subject: str | None = None,
) -> int:
    """Take back what promises of a kind have asked for and nobody needs any more."""
    if subject is None:
        return tasks.withdraw(reason, kind=kind_name, deal_id=deal_id, customer_id=customer_id)
    of_kind = db.session.scalars(select(Promise.id).where(Promise.kind == kind_name))
    return sum(
        tasks.withdraw(reason, kind=kind_name, prefix=f"{promise_id}:{subject}:")
        for promise_id in of_kind
    )


def occurrences(kind: PromiseKind, settings: dict[str, object], span: Span) -> list[Occurrence]:
    """Return what a promise asks for in a span of days, in the order of the days."""
    found = kind.find(settings, span, None)
    return sorted(
        (each for each in found if each.due_on in span), key=lambda one: (one.due_on, one.subject)
    )


def _active(kind_name: str | None = None) -> list[Promise]:
    query = select(Promise).where(Promise.active).order_by(Promise.id)
    if kind_name is not None:
        query = query.where(Promise.kind == kind_name)
    return [row for row in db.session.scalars(query) if is_on(row.kind)]


def _keep(app: Flask, promise_id: UUID) -> int:
    """Ask for what has fallen due since the promise was last kept."""
    with reading(app) as session:
        promise = session.get_one(Promise, promise_id)
        until = today()
        since = promise.since or until
        first = since if promise.kept_to is None else promise.kept_to + timedelta(1)
        span = Span(max(first, since), until)
    asked = sum(_keep_days(app, promise_id, days) for days in _pieces(span))
    with unit_of_work(app) as session:
        promise = session.get_one(Promise, promise_id)
        if promise.active:
            promise.kept_to = until
    return asked


def _pieces(span: Span) -> Iterator[Span]:
    """Yield the days a few at a time, the latest first.

    So what a whole absence brings is never in memory at once, and of what is late in it the
    latest is asked for.
    """
    last = span.last
    while last >= span.first:
        first = max(span.first, last - timedelta(_DAYS - 1))
        yield Span(first, last)
        last = first - timedelta(1)


def _keep_days(app: Flask, promise_id: UUID, days: Span) -> int:
    """Find what is due in a reading transaction; write it in short ones."""
    with reading(app) as session:
        promise = session.get_one(Promise, promise_id)
        kind = kind_of(promise.kind)
        due = occurrences(kind, promise.settings, days) if kind and promise.active else []
    asked = 0
    for start in range(0, len(due), _CHUNK):
        with unit_of_work(app) as session:
            promise = session.get_one(Promise, promise_id)
            if not promise.active or kind is None:
                return asked
            asked += _ask(promise, kind, due[start : start + _CHUNK])
    return asked


def _ask(promise: Promise, kind: PromiseKind, found: Iterable[Occurrence]) -> int:
    wanted = _without_a_flood(kind, [each for each in found if not _is_over(each)])
    return tasks.ask_many([_asked(promise, kind, each) for each in wanted])


def _is_over(one: Occurrence) -> bool:
    return one.until is not None and one.until < today()


def _without_a_flood(kind: PromiseKind, found: list[Occurrence]) -> list[Occurrence]:
    """After an absence there is one late task for each customer: the latest."""
    late = {one.customer_id: one for one in found if one.due_on < today()}
    if not late:
        return found
    query = select(Task.customer_id).where(
        Task.kind == kind.name,
        Task.state == OPEN,
        Task.due_on < today(),
        Task.customer_id.in_(list(late)),
    )
    waiting = set(db.session.scalars(query))
    return [
        one
        for one in found
        if one.due_on >= today()
        or (late[one.customer_id] is one and one.customer_id not in waiting)
    ]


def _asked(promise: Promise, kind: PromiseKind, one: Occurrence) -> tasks.Ask:
    return tasks.Ask(
        kind=kind.name,
        unique_key=f"{promise.id}:{one.subject}:{one.time}",
        title=one.title,
        reason=one.reason,
        say=one.say,
        words=one.words,
        due_on=one.due_on,
        customer_id=one.customer_id,
        deal_id=one.deal_id,
        number=one.number,
        amount=one.amount,
        currency=one.currency,
        pool=kind.module or "",
    )
