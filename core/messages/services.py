"""Send messages: one, or one to each of many; each once for its key, none at night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import bus
from core.calendar.hours import may_send, next_quiet_end
from core.clock import now, zone
from core.customers.errors import CustomerNotFound
from core.customers.models import Customer
from core.db import db
from core.errors import DomainError
from core.ids import new_id
from core.messages.becoming import became
from core.messages.composing import Draft, Wording, draft, wording_of, written_in
from core.messages.errors import NotSent
from core.messages.models import LETTER, NOTED, WAITING, Message, MessageTemplate
from core.messages.settings import window
from core.messages.wordings import template_named
from core.people import current_person_or_none

#: Ways of sending that go through an effect; letters are printed.
EFFECTS = {"sms": "messages.sms", "mail": "messages.mail"}


@dataclass
class Outcome:
    """What came of sending to many."""

    noted: list[UUID] = field(default_factory=list)
    #: Customer -> why she gets none.
    left_out: dict[UUID, DomainError] = field(default_factory=dict)


def send(
    template: str | UUID,
    customer_id: UUID,
    words: Mapping[str, str] | None = None,
    *,
    key: str,
    about: str | None = None,
) -> Message | None:
    """Send a template to a customer; asked for twice under one key it is sent once.

    Parameters:
      template: Its id, or the name of its preset ("delivery").
      words: What stands in places, where the caller knows it better than the card.
      about: The number of the order that it is about.

    Returns None while a handler hears history: nobody gets yesterday's letters.

    Raises:
        NotSent: with the reason; nothing was noted.
    """
    wording = wording_of(template_named(template), written_in())
    return send_words(wording, customer_id, words, key=key, about=about)


def send_words(
    wording: Wording,
    customer_id: UUID,
    words: Mapping[str, str] | None = None,
    *,
    key: str,
    about: str | None = None,
) -> Message | None:
    """Send words that somebody wrote for this customer, by the same rules as a template."""
    if _is_history():
        return None
    if (known := _known(key)) is not None:
        return known
    # Two at the same moment would each find that she had no advertisement for a week.
    db.session.execute(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    made = draft(wording, customer_id, words, about)
    if made.refusal is not None:
        raise made.refusal
    return _write(made, key)


def send_many(
    customer_ids: Iterable[UUID],
    template: str | UUID,
    words: Mapping[str, str] | None = None,
    *,
    key: str,
) -> Outcome:
    """Send a template to each of many customers; who may not get it is left out, with why."""
    wording, outcome = wording_of(template_named(template), written_in()), Outcome()
    for customer_id in dict.fromkeys(customer_ids):
        try:
            one = send_words(wording, customer_id, words, key=f"{key}:{customer_id}")
        except (NotSent, CustomerNotFound) as refusal:
            outcome.left_out[customer_id] = refusal
        else:
            if one is not None:
                outcome.noted.append(one.id)
    return outcome


def would_send(
    customer_ids: Iterable[UUID], template: MessageTemplate, words: Mapping[str, str] | None = None
) -> dict[UUID, Draft]:
    """Return what each of many customers would get, and why some get none; nothing is written."""
    return {
        each: draft(wording_of(template, written_in()), each, words)
        for each in dict.fromkeys(customer_ids)
    }


def release(limit: int = 500) -> int:
    """Let go what has waited for the morning; returns how many."""
    due = (
        select(Message)
        .where(Message.state == WAITING, Message.not_before <= now())
        .order_by(Message.not_before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.scalars(due).all()
    for row in rows:
        _let_go(row)
    return len(rows)


def hold(row: Message, at: datetime) -> None:
    """Let a message wait until it is no longer night."""
    row.not_before = next_quiet_end(at, zone(), window())
    became(row, WAITING)


def again(row: Message) -> Message:
    """Try once more to send a message that failed."""
    row.not_before = now()
    _let_go(row)
    return row


def _write(made: Draft, key: str) -> Message:
    person = current_person_or_none()
    row = Message(
        id=new_id(),
        key=key,
        customer_id=made.card.id,
        template=made.wording.template,
        kind=made.wording.kind,
        channel=made.wording.channel,
        language=made.language,
        recipient=made.recipient,
        subject=made.subject,
        body=made.body,
        about=made.about,
        state=NOTED,
        not_before=now(),
        created_at=now(),
        created_by=person.name if person else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # asked for in the same moment
        return db.session.scalars(select(Message).where(Message.key == key)).one()
    if row.channel != LETTER and not may_send(now(), zone(), window()):
        hold(row, now())
    else:
        _let_go(row)
    return row


def _let_go(row: Message) -> None:
    became(row, NOTED)
    if row.channel in EFFECTS:
        key = f"{row.id}/{new_id()}"
        bus.note_effect(EFFECTS[row.channel], {"message_id": str(row.id)}, key=key)


def _known(key: str) -> Message | None:
    return db.session.scalar(select(Message).where(Message.key == key))


def _is_history() -> bool:
    context = bus.delivery_context()
    if context is None:
        return False
    return context.replaying or all(each.historical for each in context.envelopes)
