"""What can be done with calls: told of, taken, put aside, ended; and called back when missed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bus import publish
from core.calls.calling_back import ask_to_call_back, need_no_call_back
from core.calls.events import CallReceived
from core.calls.models import ASIDE, ENDED, MISSED, TAKEN, Call, CallAct
from core.calls.numbers import caller
from core.calls.numbers import line as line_of
from core.calls.queries import LASTS, call_named, candidates, people_on
from core.clock import now
from core.customers.queries import customer
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.people import current_person, current_person_or_none


def receive(told_from: str | None, told_to: str | None, external_id: str | None = None) -> Call:
    """Note an incoming call and show it to whoever is called; told twice, it is one call."""
    if external_id and (known := _known(external_id)) is not None:
        return known
    typed, number = caller(told_from)
    row = Call(id=new_id(), external_id=external_id or None, received_at=now())
    row.typed, row.number, row.line = typed, number, line_of(told_to)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # the system told it twice in the same moment
        return db.session.scalars(select(Call).where(Call.external_id == external_id)).one()
    if people_on(number):  # colleagues call one another: there is nothing to show
        row.ended_at = now()
        _note(row, ENDED)
        return row
    found = candidates(number)
    row.customer_id = found[0].id if found else None
    _show(row)
    return row


def take(key: str, customer_id: UUID | None = None) -> Call:
    """Take a call and, where several cards have the number, say which of them it is."""
    row, person = call_named(key), current_person()
    if customer_id is not None:
        row.customer_id = customer(customer_id).id
    if row.taken_by is None:
        row.taken_by = person.id
        _note(row, TAKEN)
        need_no_call_back(row)
    _know_the_caller(row)
    _show(row)
    return row


def put_aside(key: str) -> Call:
    """Take a call off one's own screen; colleagues on the same number keep it on theirs."""
    row = call_named(key)
    _note(row, ASIDE)
    _show(row)
    return row


def end(key: str, answered: bool | None = None) -> Call:
    """Note that a call is over; one that nobody took is to be called back.

    What the telephone system says counts; where it does not say, whether somebody has taken the
    call on his screen.
    """
    row = call_named(key)
    if row.ended_at is not None:
        return row
    row.ended_at = now()
    row.missed = row.taken_by is None if answered is None else not answered
    _note(row, MISSED if row.missed else ENDED)
    _know_the_caller(row)
    if row.missed:
        ask_to_call_back(row, people_on(row.line))
    else:
        need_no_call_back(row)
    _show(row)
    return row


def end_forgotten(limit: int = 200) -> int:
    """End the calls whose end no telephone system has told; returns how many."""
    open_ = (
        select(Call.id)
        .where(Call.ended_at.is_(None), Call.received_at <= now() - LASTS)
        .order_by(Call.received_at)
        .limit(limit)
    )
    rows = db.session.scalars(open_).all()
    for call_id in rows:
        end(str(call_id))
    return len(rows)


def _known(external_id: str) -> Call | None:
    return db.session.scalar(select(Call).where(Call.external_id == external_id))


def _know_the_caller(row: Call) -> None:
    """Look again who called: a card may have been opened during the call."""
    if row.customer_id is None and (found := candidates(row.number)):
        row.customer_id = found[0].id
    _tell(row)


def _tell(row: Call) -> None:
    """Let her timeline tell of the call, once: when somebody took it, or when it is over."""
    if row.told or row.customer_id is None:
        return
    row.told = True
    card = customer(row.customer_id)
    publish(
        CallReceived(
            customer_id=card.id,
            customer_name=card.name,
            call_id=row.id,
            called=tuple(person.name for person in people_on(row.line)),
            missed=row.missed,
        )
    )


def _note(row: Call, act: str) -> None:
    person = current_person_or_none()
    db.session.add(
        CallAct(
            id=new_id(),
            call_id=row.id,
            act=act,
            at=now(),
            person_id=person.id if person else None,
            by=person.name if person else None,
        )
    )


def _show(row: Call) -> None:
    """Let the screens of those who are called, and lists of calls, be read again."""
    for person in people_on(row.line):
        hint("calls", str(person.id))
    hint("calls", str(row.id))
