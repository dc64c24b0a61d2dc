"""What everybody may ask about messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_

from core.customers.models import Customer
from core.customers.queries import named
from core.customers.resolution import same_customer
from core.db import db
from core.messages.errors import MessageNotFound
from core.messages.models import LETTER, NOTED, Consent, Message, MessageAct
from core.paging import Page, decode, encode


@dataclass(frozen=True)
class ShownMessage:
    """A message with the name that belongs to it."""

    row: Message
    card: Customer | None

    @property
    def id(self) -> UUID:
        """The message's id."""
        return self.row.id

    @property
    def customer(self) -> str:
        """Whom it is to, by name."""
        return self.card.name if self.card else ""

    @property
    def at(self) -> datetime:
        """When it was written."""
        return self.row.created_at


def messages(
    *,
    customer_id: UUID | None = None,
    state: str | None = None,
    channel: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[ShownMessage]:
    """Return messages, newest first, a page at a time."""
    query = select(Message).order_by(Message.created_at.desc(), Message.id.desc()).limit(limit + 1)
    if customer_id is not None:
        query = query.where(Message.customer_id.in_(same_customer(customer_id)))
    if state is not None:
        query = query.where(Message.state == state)
    if channel is not None:
        query = query.where(Message.channel == channel)
    if after:
        before = db.session.get(Message, decode(after, "uuid")[0])
        if before is not None:
            place = tuple_(before.created_at, before.id)
            query = query.where(tuple_(Message.created_at, Message.id) < place)
    rows = db.session.scalars(query).all()
    next_ = encode(rows[limit - 1].id) if len(rows) > limit else None
    return Page(shown(rows[:limit]), next_)


def message(message_id: UUID) -> ShownMessage:
    """Return one message.

    Raises:
        MessageNotFound: when there is none.
    """
    row = db.session.get(Message, message_id)
    if row is None:
        raise MessageNotFound(message=str(message_id))
    return shown([row])[0]


def shown(rows: Sequence[Message]) -> list[ShownMessage]:
    """Return messages with names, all names read at once."""
    cards = named({row.customer_id for row in rows})
    return [ShownMessage(row, cards.get(row.customer_id)) for row in rows]


def acts(message_id: UUID) -> Sequence[MessageAct]:
    """Return what became of a message, newest first."""
    query = select(MessageAct).where(MessageAct.message_id == message_id)
    return db.session.scalars(query.order_by(MessageAct.at.desc(), MessageAct.id.desc())).all()


def letters_to_print(limit: int = 300) -> Sequence[Message]:
    """Return the letters that nobody has posted yet, oldest first."""
    query = select(Message).where(Message.channel == LETTER, Message.state == NOTED)
    return db.session.scalars(query.order_by(Message.created_at, Message.id).limit(limit)).all()


def consents(customer_id: UUID, limit: int = 5) -> Sequence[Consent]:
    """Return what she has said about advertising, newest first."""
    query = select(Consent).where(Consent.customer_id.in_(same_customer(customer_id)))
    return db.session.scalars(
        query.order_by(Consent.at.desc(), Consent.id.desc()).limit(limit)
    ).all()
