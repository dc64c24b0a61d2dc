"""Ask the customer whether she is content, and close; or open it again."""

from datetime import timedelta
from uuid import UUID

from bus import publish
from core.clock import now
from core.deals.locking import lock
from core.errors import Forbidden
from core.people.identity import current_person, may
from modules.service.errors import (
    AnswerFirst,
    NotClosed,
    ReopenedTooLate,
    ReviewedByAnother,
)
from modules.service.models import Complaint
from modules.service.models.compensations import NONE
from modules.service.models.complaints import CLOSED, REVIEW
from modules.service.queries.complaints import compensations
from modules.service.queries.norms import SAME_COMPLAINT_DAYS
from modules.service.services.complaints import clock
from modules.service.services.complaints.acts import append, checked, held, locked
from modules.service.services.complaints.told import answered, closed, restated


def close(complaint_id: UUID, verdict: str, words: str) -> Complaint:
    """Close a complaint with the customer's verdict; what it held is free again.

    Raises:
        AnswerFirst: when nothing was told and carried out yet.
        ReviewedByAnother: when the person handled it.
        Forbidden: when it held something or somebody was in danger, and the person does not lead.
    """
    complaint = held(complaint_id)
    if complaint.state != REVIEW:
        raise AnswerFirst(step=complaint.step)
    if (complaint.holds != "none" or complaint.safety) and not may("service.lead"):
        raise Forbidden(permission="service.lead")
    if current_person().id in complaint.handled_by:
        raise ReviewedByAnother
    complaint.verdict, complaint.verdict_words = verdict, checked(words, "words")
    complaint.closed_at = now()
    append(complaint, "closed", complaint.verdict_words, {"verdict": verdict})
    _tell(complaint)
    return complaint


def reopen(complaint_id: UUID, text: str) -> Complaint:
    """She came back with it within some days: it is the same complaint, from its cause on.

    Raises:
        NotClosed: when it is open.
        ReopenedTooLate: when it was closed too long ago.
    """
    complaint = locked(complaint_id)
    if complaint.state != CLOSED or complaint.closed_at is None:
        raise NotClosed
    if now() - complaint.closed_at > timedelta(days=SAME_COMPLAINT_DAYS):
        raise ReopenedTooLate(SAME_COMPLAINT_DAYS)
    complaint.round += 1
    complaint.verdict = complaint.verdict_words = ""
    complaint.closed_at = None
    clock.start(complaint)
    append(complaint, "reopened", checked(text), {"round": complaint.round})
    if complaint.deal_id is not None:
        deal = lock([complaint.deal_id])[complaint.deal_id]
        publish(restated(complaint, deal, "reopened"))
    return complaint


def _tell(complaint: Complaint) -> None:
    if complaint.deal_id is None:
        publish(answered(complaint))
        return
    deal = lock([complaint.deal_id])[complaint.deal_id]
    kept = (one.kind for one in compensations(complaint.id) if one.state == "carried_out")
    publish(closed(complaint, deal, next(kept, NONE)))
