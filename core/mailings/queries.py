"""What may be asked about mailings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, tuple_

from core.customers.models import Customer
from core.customers.queries import named
from core.db import db
from core.mailings.errors import MailingNotFound
from core.mailings.models import COUNTING, GETS, SENDING, SENT_TO, Mailing, MailingRecipient
from core.messages.composing import Draft, Wording, draft
from core.paging import Page, decode, encode
from core.segments.queries import conditions_of, customers, segment

#: With so many of the first customers a mailing is shown before it is sent.
SHOWN = 3


@dataclass(frozen=True)
class Counts:
    """How many are meant, and what is known of them: before sending, and of sending."""

    people: int
    #: gets, or why not -> how many; of those who were looked at.
    checked: dict[str, int]
    #: noted, or why not -> how many; of those who were written to.
    outcome: dict[str, int]

    @property
    def looked_at(self) -> int:
        """How many were looked at."""
        return sum(self.checked.values())

    @property
    def gets(self) -> int:
        """How many get it, as it was counted."""
        return self.checked.get(GETS, 0)

    @property
    def done(self) -> int:
        """With how many sending is through."""
        return sum(self.outcome.values())

    @property
    def sent(self) -> int:
        """How many messages were noted."""
        return self.outcome.get(SENT_TO, 0)

    @property
    def left_out(self) -> dict[str, int]:
        """Why some get none, the most frequent reason first: of sending, else as counted."""
        of = self.outcome or self.checked
        reasons = [(why, count) for why, count in of.items() if why not in (GETS, SENT_TO)]
        return dict(sorted(reasons, key=lambda each: (-each[1], each[0])))


def mailing(mailing_id: UUID) -> Mailing:
    """Return a mailing.

    Raises:
        MailingNotFound: when there is none.
    """
    row = db.session.get(Mailing, mailing_id)
    if row is None:
        raise MailingNotFound(mailing=str(mailing_id))
    return row


def mailings(limit: int = 50, after: str | None = None) -> Page[Mailing]:
    """Return mailings, newest first."""
    query = select(Mailing).order_by(Mailing.made_at.desc(), Mailing.id.desc()).limit(limit + 1)
    last = db.session.get(Mailing, decode(after, "uuid")[0]) if after else None
    if last is not None:
        query = query.where(tuple_(Mailing.made_at, Mailing.id) < tuple_(last.made_at, last.id))
    rows = db.session.scalars(query).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def under_way() -> list[UUID]:
    """Return the mailings that go on by themselves, the oldest first."""
    query = select(Mailing.id).where(Mailing.state.in_((COUNTING, SENDING)))
    return list(db.session.scalars(query.order_by(Mailing.made_at, Mailing.id)))


def counts(row: Mailing) -> Counts:
    """Return how far a mailing is."""
    return Counts(row.people, _by(row, "checked"), _by(row, "outcome"))


def left_out(
    row: Mailing, why: str | None = None, limit: int = 50, after: str | None = None
) -> Page[tuple[UUID, Customer | None, str]]:
    """Return who gets none, with why: as sending has found, else as it was counted."""
    column = MailingRecipient.outcome if row.sent_at else MailingRecipient.checked
    query = select(MailingRecipient.customer_id, column).where(
        MailingRecipient.mailing_id == row.id,
        column == why if why else column.not_in(("", GETS, SENT_TO)),
    )
    if after:
        query = query.where(MailingRecipient.customer_id > decode(after, "uuid")[0])
    found = db.session.execute(query.order_by(MailingRecipient.customer_id).limit(limit + 1)).all()
    cards = named({customer_id for customer_id, _why in found})
    items = [(each, cards.get(each), reason) for each, reason in found[:limit]]
    return Page(items, encode(found[limit - 1][0]) if len(found) > limit else None)


def first_drafts(segment_id: UUID, wording: Wording) -> Sequence[Draft]:
    """Return what the first customers of a segment would get now; nothing is written."""
    chosen = segment(segment_id)
    first = customers(chosen.match, conditions_of(chosen), SHOWN).items
    return [draft(wording, each.id) for each in first]


def _by(row: Mailing, name: str) -> dict[str, int]:
    column = getattr(MailingRecipient, name)
    query = (
        select(column, func.count())
        .where(MailingRecipient.mailing_id == row.id, column != "")
        .group_by(column)
    )
    found: list[tuple[str, int]] = [(code, number) for code, number in db.session.execute(query)]
    return dict(found)
