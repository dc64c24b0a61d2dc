"""Bring a complaint before another person, place or time; by itself when a step is late."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select

from core.clock import now, today
from core.company import company
from core.db import db
from core.errors import InvalidInput
from core.people.identity import person_by_id
from core.text import tidy
from modules.service.errors import NoSuchPerson
from modules.service.models import Complaint
from modules.service.services.complaints import errands
from modules.service.services.complaints.acts import append, checked, held, locked


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """What is changed: who talks with her, where, or when."""

    text: str
    person_id: UUID | None = None
    place: str = ""
    day: date | None = None


def escalate(complaint_id: UUID, wanted: Escalation) -> Complaint:
    """Change the person, the place or the time of the talk; without any the head sees to it.

    Raises:
        NoSuchPerson: when that person does not look after complaints.
        InvalidInput: when the day is over.
    """
    complaint = held(complaint_id)
    if wanted.day is not None and wanted.day < today():
        raise InvalidInput({"day": _("Choose today or a later day.")})
    words = {"place": tidy(wanted.place), "day": wanted.day.isoformat() if wanted.day else ""}
    if wanted.person_id is not None:
        person = person_by_id(wanted.person_id)
        if person is None or "service.work" not in person.permissions:
            raise NoSuchPerson
        words["to"] = person.name
    text = checked(wanted.text)
    append(complaint, "escalated", text, {name: each for name, each in words.items() if each})
    said = " · ".join(filter(None, (text, words["place"])))
    errands.ask_superior(complaint, said, person_id=wanted.person_id, due_on=wanted.day)
    return complaint


def late_ones() -> list[UUID]:
    """Return the complaints whose step is late and that nobody was told of yet."""
    query = select(Complaint.id).where(Complaint.due_at < now(), Complaint.escalated_at.is_(None))
    return list(db.session.scalars(query.order_by(Complaint.due_at)))


def soon_late() -> list[UUID]:
    """Return the complaints of whose step so much time is gone that somebody is warned."""
    query = select(Complaint.id).where(
        or_(Complaint.half_at <= now(), Complaint.nearly_at <= now()), Complaint.due_at > now()
    )
    return list(db.session.scalars(query.order_by(Complaint.due_at)))


def warn(complaint_id: UUID) -> str:
    """Warn its owner at half of the step's time, the head at four fifths; return what was said.

    Each is warned once for each step; where both moments have passed unseen, the head alone.
    """
    complaint = locked(complaint_id)
    if complaint.due_at is None or complaint.due_at <= now():
        return ""
    if complaint.nearly_at is not None and complaint.nearly_at <= now():
        said, complaint.warned = "nearly_late", 2
        complaint.half_at = complaint.nearly_at = None
    elif complaint.half_at is not None and complaint.half_at <= now():
        said, complaint.warned = "half_gone", 1
        complaint.half_at = None
    else:
        return ""
    _warned(complaint, said)
    return said


def _warned(complaint: Complaint, said: str) -> None:
    with force_locale(company().language):  # kept in its history, which everybody reads as it is
        nearly = _("Four fifths of the time for this step are gone.")
        text = nearly if said == "nearly_late" else _("Half of the time for this step is gone.")
    append(complaint, said, text)
    if said == "nearly_late":
        errands.warn_head(complaint)
    else:
        errands.warn_owner(complaint)


def escalate_late(complaint_id: UUID) -> bool:
    """Tell the head of service that a step is late, once for each step; return whether it was."""
    complaint = locked(complaint_id)
    if complaint.due_at is None or complaint.due_at >= now() or complaint.escalated_at:
        return False
    complaint.escalated_at = now()
    with force_locale(company().language):
        text = _("The step is late.")
    append(complaint, "late", text)
    errands.ask_late(complaint)
    return True
