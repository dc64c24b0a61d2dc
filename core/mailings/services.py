"""Write to everybody in a segment: look at each of them first, then send, part by part.

Every part is a transaction of its own and is remembered with the mailing, so that a process may
be killed at any moment and another one goes on.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, Uuid, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from core.calendar.hours import may_send
from core.clock import now, zone
from core.customers.errors import CustomerNotFound
from core.customers.resolution import resolve
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.mailings.errors import MailingNotFound, MailingNotReady
from core.mailings.models import (
    COUNTING,
    DONE,
    GETS,
    READY,
    SENDING,
    SENT_TO,
    STOPPED,
    Mailing,
    MailingRecipient,
)
from core.messages.composing import Wording, draft, wording_of, written_in
from core.messages.errors import NotSent
from core.messages.models import LETTER
from core.messages.services import send_words
from core.messages.settings import window
from core.messages.wordings import template_named
from core.people import current_person
from core.people.identity import acting_for, person_by_id
from core.segments.models import Segment
from core.segments.queries import conditions_of, segment
from core.segments.statement import customers_in

#: So many customers are looked at or written to in one transaction.
PART = 25


def prepare(segment_id: UUID, template: str | UUID, *, key: str) -> Mailing:
    """Settle who is meant and what is said; nobody is written to yet.

    Asked for twice under one key it is made once.

    Raises:
        SegmentNotFound, SegmentIncomplete, TemplateNotFound: when it cannot be.
    """
    if (known := _known(key)) is not None:
        return known
    chosen, wording = segment(segment_id), wording_of(template_named(template), written_in())
    conditions, row = conditions_of(chosen), _new(chosen, wording, key)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # asked for in the same moment
        return db.session.scalars(select(Mailing).where(Mailing.key == key)).one()
    _settle(row, customers_in(chosen.match, conditions).subquery())
    go_on(row.id)  # the first part is counted before anybody looks
    return row


def send(mailing_id: UUID) -> Mailing:
    """Begin to send, or go on after a stop; asked for twice it is sent once.

    Raises:
        MailingNotFound: when there is none.
        MailingNotReady: while it is being counted.
    """
    row, person = locked(mailing_id), current_person()
    if row.state == COUNTING:
        raise MailingNotReady
    if row.state in (READY, STOPPED):
        row.state, row.sent_at = SENDING, row.sent_at or now()
        row.sent_by_id, row.sent_by = person.id, person.name
        hint("mailings", str(row.id))
    return row


def stop(mailing_id: UUID) -> Mailing:
    """Write to nobody else for now; what was sent stays sent."""
    row = locked(mailing_id)
    if row.state == SENDING:
        row.state = STOPPED
        hint("mailings", str(row.id))
    return row


def locked(mailing_id: UUID) -> Mailing:
    """Return a mailing, locked until the transaction ends.

    Raises:
        MailingNotFound: when there is none.
    """
    query = select(Mailing).where(Mailing.id == mailing_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise MailingNotFound(mailing=str(mailing_id))
    return row


def go_on(mailing_id: UUID) -> bool:
    """Look at some more customers, or write to them; False when there is nothing to do now."""
    row = locked(mailing_id)
    if row.state == COUNTING:
        return _count_part(row)
    if row.state == SENDING and not waits_for_morning(row):
        return _send_part(row)
    return False


def waits_for_morning(row: Mailing) -> bool:
    """Whether it is night; letters are only printed."""
    return row.channel != LETTER and not may_send(now(), zone(), window())


def words_of(row: Mailing) -> Wording:
    """Return what a mailing says."""
    return Wording(row.kind, row.channel, row.body, row.subject, row.template)


def _new(chosen: Segment, wording: Wording, key: str) -> Mailing:
    return Mailing(
        id=new_id(),
        key=key,
        segment_id=chosen.id,
        segment=chosen.name,
        template=wording.template,
        kind=wording.kind,
        channel=wording.channel,
        subject=wording.subject,
        body=wording.body,
        state=COUNTING,
        made_at=now(),
        made_by=current_person().name,
    )


def _known(key: str) -> Mailing | None:
    return db.session.scalar(select(Mailing).where(Mailing.key == key))


def _settle(row: Mailing, members: Subquery) -> None:
    """Write down who is in the segment now, by one statement."""
    db.session.execute(
        insert(MailingRecipient).from_select(
            ["mailing_id", "customer_id", "checked", "outcome"],
            select(literal(row.id, Uuid()), members.c.id, literal(""), literal("")),
        )
    )
    mine = MailingRecipient.mailing_id == row.id
    row.people = db.session.scalar(select(func.count()).where(mine)) or 0


def _count_part(row: Mailing) -> bool:
    part = _next(row, MailingRecipient.checked == "")
    for each in part:
        _note(row, each, checked=_looked_at(row, each))
    if len(part) < PART:
        row.state = READY
    hint("mailings", str(row.id))
    return row.state == COUNTING


def _send_part(row: Mailing) -> bool:
    part = _next(row, MailingRecipient.outcome == "")
    person = person_by_id(row.sent_by_id) if row.sent_by_id else None
    if person is None:
        row.state = STOPPED
        return False
    with acting_for(person):
        for each in part:
            _note(row, each, outcome=_written_to(row, each))
    if len(part) < PART:
        row.state, row.ended_at = DONE, now()
    hint("mailings", str(row.id))
    return row.state == SENDING


def _next(row: Mailing, open_: ColumnElement[bool]) -> list[UUID]:
    query = (
        select(MailingRecipient.customer_id)
        .where(MailingRecipient.mailing_id == row.id, open_)
        .order_by(MailingRecipient.customer_id)
        .limit(PART)
    )
    return list(db.session.scalars(query))


def _note(row: Mailing, customer_id: UUID, **what: str) -> None:
    hers = (
        MailingRecipient.mailing_id == row.id,
        MailingRecipient.customer_id == customer_id,
    )
    db.session.execute(update(MailingRecipient).where(*hers).values(**what))


def _looked_at(row: Mailing, customer_id: UUID) -> str:
    """Return "gets", or why she does not."""
    try:
        refusal = draft(words_of(row), customer_id).refusal
    except CustomerNotFound as gone:
        return gone.code
    return refusal.code if refusal else GETS


def _written_to(row: Mailing, customer_id: UUID) -> str:
    """Return "noted", or why not; two cards that became one customer meanwhile are one."""
    key = f"mailing:{row.id}:{resolve(customer_id)}"
    try:
        send_words(words_of(row), customer_id, key=key)
    except (NotSent, CustomerNotFound) as refusal:
        return refusal.code
    return SENT_TO
