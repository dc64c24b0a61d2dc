"""What becomes of a message, and what customers say about advertising: written down, appended."""

from uuid import UUID

from sqlalchemy import select

from bus import publish
from core.clock import now
from core.customers.models import Customer, CustomerPhone
from core.customers.queries import customer
from core.customers.resolution import same_customer
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.messages.errors import MessageNotFound
from core.messages.events import ConsentChanged, MessageSent
from core.messages.models import ANSWERED, SENT, SMS, Consent, Message, MessageAct
from core.messages.settings import is_refusal
from core.people import current_person_or_none
from core.people.lines import line_of
from core.text import tidy_lines

_LONGEST = 2000


def message(message_id: UUID) -> Message:
    """Return a message, locked until the transaction ends.

    Raises:
        MessageNotFound: when there is none.
    """
    row = db.session.scalar(select(Message).where(Message.id == message_id).with_for_update())
    if row is None:
        raise MessageNotFound(message=str(message_id))
    return row


def became(row: Message, act: str, text: str = "") -> Message:
    """Write down what became of a message."""
    person = current_person_or_none()
    text = tidy_lines(text)[:_LONGEST]
    db.session.add(
        MessageAct(
            id=new_id(),
            message_id=row.id,
            act=act,
            at=now(),
            by=person.name if person else None,
            text=text,
        )
    )
    row.state = act
    db.session.flush()
    if act == SENT:
        _tell(row)
    hint("messages", str(row.id))
    hint("customers", str(row.customer_id))
    return row


def answered(told_from: str, text: str) -> int:
    """Take in an answer to a text message; "R" means no advertising. Returns whom it is from."""
    number = line_of(told_from)
    holders = select(CustomerPhone.customer_id).where(CustomerPhone.number == number).distinct()
    ids = list(db.session.scalars(holders)) if number else []
    if is_refusal(text):
        for customer_id in ids:
            decide(customer_id, opted_out=True, how="answer")
    last = db.session.scalars(
        select(Message)
        .where(Message.recipient == number, Message.channel == SMS)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if last is not None:
        became(last, ANSWERED, text)
    return len(ids)


def decide(customer_id: UUID, *, opted_out: bool, how: str = "hand") -> Customer:
    """Note whether she wants advertising: on every card that is hers, with who said it and how."""
    leading = customer(customer_id)
    ids = same_customer(customer_id)
    cards = db.session.scalars(
        select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update()
    ).all()
    if all(card.opted_out == opted_out for card in cards):
        return leading
    for card in cards:
        card.opted_out = opted_out
    person = current_person_or_none()
    db.session.add(
        Consent(
            id=new_id(),
            customer_id=leading.id,
            opted_out=opted_out,
            how=how,
            at=now(),
            by=person.name if person else None,
        )
    )
    publish(
        ConsentChanged(
            customer_id=leading.id, customer_name=leading.name, opted_out=opted_out, how=how
        )
    )
    hint("customers", str(leading.id))
    return leading


def _tell(row: Message) -> None:
    card = customer(row.customer_id)
    publish(
        MessageSent(
            customer_id=card.id,
            customer_name=card.name,
            message_id=row.id,
            channel=row.channel,
            kind=row.kind,
            template=row.template,
            written_by=row.created_by,
        )
    )
