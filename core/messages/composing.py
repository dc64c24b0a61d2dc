"""From a template and a customer to a message, or to the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select

from core.clock import local, now
from core.company import company
from core.customers.models import Customer
from core.customers.queries import customer
from core.customers.resolution import same_customer
from core.db import db
from core.deals.queries import deal, deals
from core.messages.errors import (
    LinkMissing,
    NoAddress,
    NotSent,
    SlotsEmpty,
    TooLong,
    TooSoon,
    WantsNoAdvertising,
)
from core.messages.models import (
    FAILED,
    LETTER,
    MAIL,
    MARKETING,
    REFUSED,
    SERVICE,
    SMS,
    Message,
    MessageTemplate,
)
from core.messages.settings import link_of, settings, signature
from core.messages.slots import Facts, filled, titled
from core.web.times import short_date

LONGEST_SMS = 500


@dataclass(frozen=True)
class Wording:
    """What is to be said, before it is filled in."""

    kind: str
    channel: str
    body: str
    subject: str = ""
    #: What the template is called; empty for words written for her alone.
    template: str = ""


@dataclass(frozen=True)
class Draft:
    """A message as it would go out now."""

    card: Customer
    wording: Wording
    language: str
    recipient: str
    subject: str
    #: What was written for her, and the same with signature and ending.
    text: str
    body: str
    about: str | None
    #: Names of the places for which nothing is known.
    empty: tuple[str, ...]
    #: Why it may not be sent; None when it may.
    refusal: NotSent | None


def wording_of(template: MessageTemplate, language: str) -> Wording:
    """Return a template's words in a language, or in the one it has."""
    texts = template.texts.get(language) or next(iter(template.texts.values()))
    return Wording(
        kind=template.kind,
        channel=template.channel,
        body=texts["body"],
        subject=texts.get("subject", ""),
        template=template.name,
    )


def written_in() -> str:
    """Return the language in which customers are written to: the company's."""
    return company().language


def draft(
    wording: Wording,
    customer_id: UUID,
    words: Mapping[str, str] | None = None,
    about: str | None = None,
) -> Draft:
    """Fill the words in for a customer, and say what stands against sending them; only reads."""
    card = customer(customer_id)
    language = written_in()
    picture = deal(about) if about else next(iter(deals(customer_id=card.id, limit=1).items), None)
    facts = Facts(card, wording.channel, picture, link_of(card.id))
    with force_locale(language):
        body, no_body = filled(wording.body, facts, words or {})
        subject, no_subject = filled(wording.subject, facts, words or {})
    named = about or (picture.number if picture and "{order}" in wording.body else None)
    made = Draft(
        card=card,
        wording=wording,
        language=language,
        recipient=_recipient(card, wording.channel),
        subject=" ".join(subject.split())[:200],
        text=body.strip(),
        body=_whole(body, wording),
        about=named,
        empty=tuple(dict.fromkeys([*no_body, *no_subject])),
        refusal=None,
    )
    return replace(made, refusal=_refusal(made, facts.link))


def _whole(body: str, wording: Wording) -> str:
    """Put the signature first, and last how advertising is refused."""
    if wording.channel != SMS:
        return body
    ending = settings().ending if wording.kind == MARKETING else ""
    return f"【{signature()}】{body.strip()}{ending}"


def _recipient(card: Customer, channel: str) -> str:
    if channel == SMS:
        mobile = (one.number for one in card.phones if one.number.startswith("+861"))
        foreign = (
            one.number for one in card.phones
            if one.number.startswith("+") and not one.number.startswith("+86")
        )  # fmt: skip
        return next(mobile, "") or next(foreign, "")
    return card.email if channel == MAIL else card.address


def _refusal(made: Draft, link: str) -> NotSent | None:
    if made.empty:
        return SlotsEmpty(slots=[titled(name) for name in made.empty])
    if not made.recipient:
        return NoAddress(channel=made.wording.channel)
    if made.wording.kind != SERVICE and opted_out(made.card.id):
        return WantsNoAdvertising()
    if made.wording.channel == SMS and len(made.body) > LONGEST_SMS:
        return TooLong()
    return _advertising(made, link) if made.wording.kind == MARKETING else None


def _advertising(made: Draft, link: str) -> NotSent | None:
    if made.wording.channel == MAIL and not link:
        return LinkMissing()
    return _too_soon(made.card.id)


def opted_out(customer_id: UUID) -> bool:
    """Whether she refuses advertising, on any of the cards that are hers."""
    ids = same_customer(customer_id)
    query = select(func.count()).select_from(Customer)
    return bool(db.session.scalar(query.where(Customer.id.in_(ids), Customer.opted_out)))


def _too_soon(customer_id: UUID) -> TooSoon | None:
    gap = timedelta(days=settings().gap)
    last = db.session.scalar(
        select(func.max(Message.created_at)).where(
            Message.customer_id.in_(same_customer(customer_id)),
            Message.kind == MARKETING,
            Message.state.not_in((FAILED, REFUSED)),
        )
    )
    if last is None or last <= now() - gap:
        return None
    free = local(last + gap).date()
    if local(last + gap).time().hour >= settings().closes:
        free += timedelta(days=1)
    return TooSoon(last=short_date(local(last).date()), next=short_date(free))


def channel_name(channel: str) -> str:
    """Name the way on which a message goes."""
    return {SMS: _("Text message"), MAIL: _("E-mail"), LETTER: _("Letter")}.get(channel, channel)
