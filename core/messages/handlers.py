"""Messages leave the house: after the commit, outside every transaction, in the day."""

from uuid import UUID

import bus
from core.calendar.hours import may_send
from core.clock import now, zone
from core.company import company
from core.db import db, reading, unit_of_work
from core.messages.becoming import became, message
from core.messages.composing import opted_out
from core.messages.models import FAILED, MARKETING, NOTED, REFUSED, SENT, SERVICE, Message
from core.messages.senders import Outgoing, RefusedForGood, sender_for
from core.messages.services import hold
from core.messages.settings import link_of, settings, window

_TRIES = 8


@bus.sends("messages.sms", max_attempts=_TRIES)
def send_sms(effect: bus.Effect) -> str | None:
    """Send a text message."""
    return _carry(effect)


@bus.sends("messages.mail", max_attempts=_TRIES)
def send_mail(effect: bus.Effect) -> str | None:
    """Send a mail."""
    return _carry(effect)


def _carry(effect: bus.Effect) -> str | None:
    message_id = UUID(effect.payload["message_id"])
    out = _ready(message_id)
    if out is None:
        return None
    try:
        said = sender_for(out.channel).send(out)
    except RefusedForGood as refusal:
        _write(message_id, FAILED, str(refusal))
        return None
    except Exception as error:
        if effect.attempt >= _TRIES:
            _write(message_id, FAILED, f"{type(error).__name__}: {error}")
        raise
    _write(message_id, SENT, said)
    return said


def _ready(message_id: UUID) -> Outgoing | None:
    """Look once more whether it may go: meanwhile night has come, or she wants no advertising."""
    with reading():
        row = db.session.get(Message, message_id)
        if row is None or row.state != NOTED:
            return None
        refused = row.kind != SERVICE and opted_out(row.customer_id)
        night = not may_send(now(), zone(), window())
        out = _outgoing(row)
    if not refused and not night:
        return out
    with unit_of_work():
        if refused:
            became(message(message_id), REFUSED)
        else:
            hold(message(message_id), now())
    return None


def _outgoing(row: Message) -> Outgoing:
    return Outgoing(
        id=row.id.hex,
        channel=row.channel,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        sender_name=company().name,
        sender=settings().mail_from,
        link=link_of(row.customer_id) if row.kind == MARKETING else "",
    )


def _write(message_id: UUID, act: str, text: str) -> None:
    with unit_of_work():
        row = message(message_id)
        if row.state == NOTED:
            became(row, act, text)
