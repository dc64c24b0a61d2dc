"""The tasks that a complaint brings: asked for when a step begins, taken back when it is done."""

from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from core.clock import local, today
from core.company import company
from core.tasks import services as tasks
from core.tasks.models import Task
from modules.service.models import Complaint
from modules.service.models.complaints import APPROVE, CLOSED, REVIEW
from modules.service.queries.complaints import compensations
from modules.service.queries.limits import approvers
from modules.service.tasks import (
    APPROVALS,
    ESCALATIONS,
    HALF_GONE,
    IS_LATE,
    NEARLY_LATE,
    OFFERS,
    REPAIR,
    REPAIRS,
    REPORTS,
    SEE_TO_IT,
    SHE_SAYS,
    STEP_TASKS,
    STEP_TITLES,
    TAKE_OVER,
    TELL_SERVICE,
    WARNINGS,
)

_POOL: Final = "service"
#: Where somebody may be hurt, nothing goes before it: a month's worth of days.
_IN_DANGER: Final = 30
#: Kinds whose keys begin alike; what is asked of colleagues outlives a step.
_OF_STEP: Final = ("step", "half", "nearly", "late")


def follow(complaint: Complaint) -> None:
    """Take back what the step before asked for, and ask for what this one needs."""
    withdraw(complaint, *_OF_STEP)
    if complaint.state == CLOSED:
        withdraw(complaint, "offer", "report", "escalated", "repair")
        return
    if complaint.state == APPROVE:
        _ask_approval(complaint)
        return
    title, say = STEP_TITLES[complaint.state]
    _ask(
        complaint,
        STEP_TASKS,
        "step",
        title,
        say=say,
        owner_id=None if complaint.state == REVIEW else complaint.answerable_id,
        due_on=local(complaint.due_at).date() if complaint.due_at else None,
    )


def _ask_approval(complaint: Complaint) -> None:
    """Ask everybody who may approve it, today: whoever proposed it waits, and so does she."""
    title, say = STEP_TITLES[APPROVE]
    asked = next((one for one in compensations(complaint.id) if one.state == "asked"), None)
    others = approvers(asked.proposed_by_id) if asked and asked.proposed_by_id else []
    for place, person_id in enumerate(others or [None]):
        _ask(complaint, APPROVALS, "step", title, say=say, owner_id=person_id, place=place)


def ask_offered(complaint: Complaint, person_id: UUID, note: str) -> None:
    """Ask a colleague to take a complaint over."""
    withdraw(complaint, "offer")
    _ask(complaint, OFFERS, "offer", TAKE_OVER, owner_id=person_id, note=note)


def ask_report(complaint: Complaint, person_id: UUID, note: str) -> None:
    """Ask somebody of the department in which it arose what happened."""
    _ask(complaint, REPORTS, "report", TELL_SERVICE, owner_id=person_id, note=note)


def ask_superior(
    complaint: Complaint, note: str, *, person_id: UUID | None = None, due_on: date | None = None
) -> None:
    """Ask the head of service, or whoever was chosen, to see to it."""
    _ask(
        complaint, ESCALATIONS, "escalated", SEE_TO_IT,
        owner_id=person_id, note=note, due_on=due_on,
    )  # fmt: skip


def ask_late(complaint: Complaint) -> None:
    """Tell the head of service that a step is late."""
    _ask(complaint, ESCALATIONS, "late", IS_LATE)


def warn_owner(complaint: Complaint) -> None:
    """Warn whoever answers for it that half of the step's time is gone."""
    _ask(complaint, WARNINGS, "half", HALF_GONE, owner_id=complaint.answerable_id)


def warn_head(complaint: Complaint) -> None:
    """Warn the head of service that a step will be late unless something is done."""
    _ask(complaint, ESCALATIONS, "nearly", NEARLY_LATE)


def ask_repair(complaint: Complaint, goods: str) -> None:
    """Ask for the repair that was agreed."""
    _ask(complaint, REPAIRS, "repair", REPAIR, owner_id=complaint.answerable_id, note=goods)


def complaint_of(task: Task) -> UUID:
    """Return which complaint a task is about."""
    return UUID(task.unique_key.split(":")[1])


def withdraw(complaint: Complaint, *sorts: str) -> None:
    """Take back what is needed no longer."""
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("The complaint has gone on.")
    for sort in sorts:
        tasks.withdraw(reason, prefix=f"service.complaint:{complaint.id}:{sort}:")


def _ask(
    complaint: Complaint,
    kind: str,
    sort: str,
    title: str,
    *,
    say: str = "",
    note: str = "",
    owner_id: UUID | None = None,
    due_on: date | None = None,
    place: int = 0,
) -> None:
    key = f"service.complaint:{complaint.id}:{sort}:{len(complaint.acts)}"
    tasks.ask(
        kind,
        f"{key}:{place}" if place else key,
        title,
        due_on or today(),
        customer_id=complaint.customer_id,
        deal_id=complaint.deal_id,
        number=complaint.order,
        pool=_POOL,
        owner_id=owner_id,
        say=say,
        reason="%(note)s" if note else SHE_SAYS,
        weight=_IN_DANGER if complaint.safety else 0,
        words={"complaint": complaint.number, "note": note or complaint.text},
    )
