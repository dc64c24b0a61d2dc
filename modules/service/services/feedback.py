"""She is asked once how content she is; praise is passed on, a low score opens a complaint."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import now, today
from core.company import company
from core.customers.queries import customer
from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.people.identity import acting_for
from core.tasks import services as tasks
from core.text import tidy_lines
from modules.service.errors import AnsweredAlready
from modules.service.events import FeedbackGiven
from modules.service.models import Feedback, FeedbackLink, FeedbackVersion
from modules.service.services.complaints import complain, complain_about_order
from modules.service.services.feedback_links import hashed, link_of
from modules.service.services.visitors import count_visit
from modules.service.tasks import PRAISE, PRAISED, PRAISED_WHY

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


def give(token: str, answer: Answer, address: str) -> Feedback:
    """Keep what she answered; within a day she may answer anew, and the same again changes nothing.

    Raises:
        TooManyVisits, LinkUnknown, AnsweredAlready, InvalidInput: when it is not kept.
    """
    count_visit(f"feedback:{hashed(token)[:16]}", address)
    link, checked = link_of(token), _checked(answer)
    query = select(Feedback).where(Feedback.link_id == link.id).with_for_update()
    before = db.session.scalar(query)
    if before is not None and before.at + AMENDED_WITHIN < now():
        raise AnsweredAlready
    if before is not None and checked == Answer(before.score, before.text, before.nps):
        return before
    kept = before or _first(link)
    _write(kept, checked)
    _tell(kept, amended=before is not None)
    _follow(kept, link)
    return kept


def _follow(row: Feedback, link: FeedbackLink) -> None:
    """Do what her answer asks for as it stands now, and take back what an earlier one asked for."""
    said = row.versions[-2] if len(row.versions) > 1 else None
    if said is not None and said.score == BEST:
        with force_locale(company().language):  # kept as a note, which everybody reads as it is
            tasks.withdraw(_("She has amended what she said."), prefix=f"{PRAISE}:{row.id}")
    if row.score == BEST:
        _pass_on(row)
    if row.score <= LOW and row.complaint_id is None:
        _complain(row, link)


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
        f"{PRAISE}:{row.id}:{len(row.versions)}",
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
    """Open a complaint that nobody answers for yet: it may be about whoever served her."""
    said = _("Feedback: %(score)s of %(best)s.", score=row.score, best=BEST)
    words = f"{said} {row.text}".strip()
    with acting_for(None):  # nor does somebody of ours who opens her link to look at it
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
