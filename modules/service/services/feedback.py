"""She is asked once how content she is; praise is passed on, a low score opens a complaint."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import now, today
from core.customers.queries import customer
from core.db import db
from core.deals.queries import deal_id as deal_of
from core.errors import InvalidInput
from core.ids import new_id
from core.people.identity import acting_for, current_person, person_by_id
from core.tasks import services as tasks
from core.text import tidy_lines
from modules.service.errors import AnsweredAlready, LinkUnknown
from modules.service.events import FeedbackGiven
from modules.service.models import Feedback, FeedbackLink, FeedbackVersion
from modules.service.services.complaints import complain, complain_about_order
from modules.service.services.visitors import count_visit
from modules.service.tasks import PRAISE, PRAISED, PRAISED_WHY

VALID: Final = timedelta(days=60)
AMENDED_WITHIN: Final = timedelta(days=1)
LOW: Final = 2
BEST: Final = 5
MOST_NPS: Final = 10
LONGEST: Final = 2000


@dataclass(frozen=True)
class Answer:
    """What a customer has entered."""

    score: int
    text: str = ""
    nps: int | None = None


def invite(customer_id: UUID, number: str | None = None, *, asks_nps: bool = False) -> str:
    """Make a link for one answer; return its token, which is kept nowhere.

    Whoever makes it is taken for the person who has served her.
    """
    person = current_person()
    token = token_urlsafe(24)
    card = customer(customer_id)
    db.session.add(
        FeedbackLink(
            id=new_id(),
            token_hash=_hash(token),
            customer_id=card.id,
            occasion="by_hand",
            deal_id=deal_of(number) if number else None,
            number=number,
            served_by_id=person.id,
            served_by=person.name,
            asks_nps=asks_nps,
            made_at=now(),
            expires_at=now() + VALID,
        )
    )
    db.session.flush()
    return token


def link_of(token: str) -> FeedbackLink:
    """Return the link behind a token.

    Raises:
        LinkUnknown: when there is none, or it is too old.
    """
    query = select(FeedbackLink).where(FeedbackLink.token_hash == _hash(token))
    link = db.session.scalar(query)
    if link is None or link.expires_at < now():
        raise LinkUnknown
    return link


def give(token: str, answer: Answer, address: str) -> Feedback:
    """Keep what she answered; within a day she may answer anew.

    Raises:
        TooManyVisits, LinkUnknown, AnsweredAlready, InvalidInput: when it is not kept.
    """
    count_visit(f"feedback:{_hash(token)[:16]}", address)
    link, checked = link_of(token), _checked(answer)
    query = select(Feedback).where(Feedback.link_id == link.id).with_for_update()
    before = db.session.scalar(query)
    if before is not None and before.at + AMENDED_WITHIN < now():
        raise AnsweredAlready
    kept = before or _first(link)
    _write(kept, checked)
    _tell(kept, amended=before is not None)
    if kept.score == BEST:
        _pass_on(kept)
    if kept.score <= LOW and kept.complaint_id is None:
        _complain(kept, link)
    return kept


def _first(link: FeedbackLink) -> Feedback:
    row = Feedback(
        id=new_id(),
        link_id=link.id,
        customer_id=link.customer_id,
        occasion=link.occasion,
        number=link.number,
        served_by_id=link.served_by_id,
        served_by=link.served_by,
        at=now(),
        versions=[],
    )
    db.session.add(row)
    return row


def _write(row: Feedback, answer: Answer) -> None:
    row.score, row.text, row.nps = answer.score, answer.text, answer.nps
    version = FeedbackVersion(
        feedback_id=row.id, position=len(row.versions), score=answer.score, nps=answer.nps,
        text=answer.text, at=now(),
    )  # fmt: skip
    row.versions.append(version)
    db.session.flush()


def _tell(row: Feedback, *, amended: bool) -> None:
    publish(
        FeedbackGiven(
            feedback_id=row.id,
            customer_id=row.customer_id,
            customer_name=customer(row.customer_id).name,
            score=row.score,
            text=row.text,
            nps=row.nps,
            occasion=row.occasion,
            number=row.number,
            served_by_id=row.served_by_id,
            served_by=row.served_by,
            amended=amended,
        )
    )


def _pass_on(row: Feedback) -> None:
    tasks.ask(
        PRAISE,
        f"{PRAISE}:{row.id}",
        PRAISED,
        today(),
        customer_id=row.customer_id,
        number=row.number,
        owner_id=row.served_by_id,
        pool="service",
        reason=PRAISED_WHY,
        words={"text": row.text or f"{row.score}/{BEST}", "name": row.served_by},
    )


def _complain(row: Feedback, link: FeedbackLink) -> None:
    """Open a complaint for which whoever served her is answerable."""
    person = person_by_id(row.served_by_id) if row.served_by_id else None
    if person is None:
        return
    said = _("Feedback: %(score)s of %(best)s.", score=row.score, best=BEST)
    words = f"{said} {row.text}".strip()
    with acting_for(person):
        if link.deal_id:
            row.complaint_id = complain_about_order(link.deal_id, words).id
        else:
            row.complaint_id = complain(row.customer_id, words).id


def _checked(answer: Answer) -> Answer:
    errors: dict[str, str] = {}
    if not 1 <= answer.score <= BEST:
        errors["score"] = _("Choose from 1 to 5.")
    if answer.nps is not None and not 0 <= answer.nps <= MOST_NPS:
        errors["nps"] = _("Choose from 0 to 10.")
    text = tidy_lines(answer.text)
    if len(text) > LONGEST:
        errors["text"] = _("Enter at most %(number)s characters.", number=LONGEST)
    if errors:
        raise InvalidInput(errors)
    return Answer(answer.score, text, answer.nps)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
