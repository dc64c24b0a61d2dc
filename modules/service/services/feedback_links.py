"""Links by which a customer says how content she is: each for one answer, kept as a hash alone."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.clock import now
from core.customers.queries import customer
from core.db import db
from core.deals.queries import deal_id as deal_of
from core.ids import new_id
from core.people.identity import current_person
from modules.service.errors import LinkUnknown
from modules.service.models import FeedbackLink

VALID: Final = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Why she is asked, and who has served her: praise is passed on to this person."""

    #: complaint, follow_up or by_hand; and which complaint or task.
    name: str
    subject_id: UUID | None = None
    customer_id: UUID
    deal_id: UUID | None = None
    number: str | None = None
    served_by_id: UUID | None = None
    served_by: str = ""
    asks_nps: bool = False


def invite(customer_id: UUID, number: str | None = None, *, asks_nps: bool = False) -> str:
    """Make a link for one answer; return its token, which is kept nowhere.

    Whoever makes it is taken for the person who has served her.
    """
    person = current_person()
    _link, token = new_link(
        Occasion(
            name="by_hand",
            customer_id=customer(customer_id).id,
            deal_id=deal_of(number) if number else None,
            number=number,
            served_by_id=person.id,
            served_by=person.name,
            asks_nps=asks_nps,
        )
    )
    return token


def new_link(occasion: Occasion) -> tuple[FeedbackLink, str]:
    """Make a link, and its token."""
    token = token_urlsafe(24)
    link = FeedbackLink(
        id=new_id(),
        token_hash=hashed(token),
        customer_id=occasion.customer_id,
        occasion=occasion.name,
        subject_id=occasion.subject_id,
        deal_id=occasion.deal_id,
        number=occasion.number,
        served_by_id=occasion.served_by_id,
        served_by=occasion.served_by,
        asks_nps=occasion.asks_nps,
        made_at=now(),
        expires_at=now() + VALID,
    )
    db.session.add(link)
    db.session.flush()
    return link, token


def renew(link_id: UUID) -> str:
    """Return a new token for a link whose first one nobody was given.

    Raises:
        LinkUnknown: when there is no such link.
    """
    query = select(FeedbackLink).where(FeedbackLink.id == link_id).with_for_update()
    link = db.session.scalar(query)
    if link is None:
        raise LinkUnknown
    token = token_urlsafe(24)
    link.token_hash, link.expires_at = hashed(token), now() + VALID
    return token


def link_of(token: str) -> FeedbackLink:
    """Return the link behind a token.

    Raises:
        LinkUnknown: when there is none, or it is too old.
    """
    query = select(FeedbackLink).where(FeedbackLink.token_hash == hashed(token))
    link = db.session.scalar(query)
    if link is None or link.expires_at < now():
        raise LinkUnknown
    return link


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()
