"""Append what was done with a complaint; where it stands follows from its acts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import now
from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.people.identity import current_person_or_none
from core.text import tidy_lines
from modules.service.errors import ComplaintClosedAlready, ComplaintNotFound, WrongStep
from modules.service.events import ComplaintAdvanced
from modules.service.models import Complaint, ComplaintAct
from modules.service.models.complaints import CARRY_OUT, CLOSED, REVIEW, is_step, state_after
from modules.service.services.complaints import clock, errands

LONGEST_TEXT = 4000


def held(complaint_id: UUID, *states: str) -> Complaint:
    """Return the complaint, locked; it must be at one of these steps, or open if none is named.

    Raises:
        ComplaintNotFound: when there is none.
        ComplaintClosedAlready, WrongStep: when it is somewhere else by now.
    """
    found = locked(complaint_id)
    if found.state == CLOSED:
        raise ComplaintClosedAlready
    if states and found.state not in states:
        raise WrongStep(step=found.state)
    return found


def locked(complaint_id: UUID) -> Complaint:
    """Return the complaint, locked, whatever its step: two acts on it follow each other."""
    query = select(Complaint).where(Complaint.id == complaint_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ComplaintNotFound
    return found


def append(
    complaint: Complaint, act: str, text: str = "", words: Mapping[str, Any] | None = None
) -> None:
    """Append an act; one that leads to another step starts its time and asks for it."""
    person = current_person_or_none()
    complaint.acts.append(
        ComplaintAct(
            id=new_id(),
            complaint_id=complaint.id,
            position=len(complaint.acts) + 1,
            act=act,
            text=text,
            at=now(),
            by=person.name if person else None,
            by_id=person.id if person else None,
            words=dict(words or {}),
        )
    )
    if is_step(act):
        _enter(complaint, state_after(complaint.acts))
    db.session.flush()
    hint("service.complaints", complaint.number)
    if act != "recorded":  # told by an event of its own
        _tell(complaint, act, text)


def _enter(complaint: Complaint, state: str) -> None:
    clock.stop_waiting(complaint)
    if complaint.state == CARRY_OUT and state == REVIEW:
        clock.start(complaint)
    complaint.state, complaint.escalated_at, complaint.warned = state, None, 0
    clock.set_due(complaint)
    errands.follow(complaint)


def _tell(complaint: Complaint, act: str, text: str) -> None:
    publish(
        ComplaintAdvanced(
            complaint_id=complaint.id,
            number=complaint.number,
            customer_id=complaint.customer_id,
            customer_name=complaint.customer_name,
            order=complaint.order,
            act=act,
            step=complaint.step,
            note=text,
            answerable=complaint.answerable or "",
        )
    )


def checked(text: str, field: str = "text", *, required: bool = True) -> str:
    """Return a text as it is kept.

    Raises:
        InvalidInput: when it is missing or too long.
    """
    text = tidy_lines(text)
    if required and not text:
        raise InvalidInput({field: _("Write down what was said.")})
    if len(text) > LONGEST_TEXT:
        raise InvalidInput({field: _("Enter at most %(number)s characters.", number=LONGEST_TEXT)})
    return text
