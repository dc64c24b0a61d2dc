"""The time of a step: on the working calendar, stopped while we wait for the customer."""

from datetime import datetime, timedelta

from core.calendar.working_days import WorkingCalendar
from core.clock import now, zone
from modules.service.models import Complaint
from modules.service.models.complaints import CLOSED
from modules.service.queries.norms import grade_of, minutes_for

_MINUTE = timedelta(minutes=1)
#: After these shares of a step's time its owner and the head of service are warned.
HALF, NEARLY = 0.5, 0.8


def start(complaint: Complaint) -> None:
    """Let the time count from now."""
    complaint.clock_from, complaint.waited, complaint.waiting_since = now(), 0, None


def due_at(complaint: Complaint) -> datetime | None:
    """Return when the step is due; None while the clock stands, and when it is closed."""
    if complaint.state == CLOSED or complaint.waiting_since is not None:
        return None
    allowed = minutes_for(grade_of(complaint), complaint.step)
    span = (allowed + complaint.waited) * _MINUTE
    if complaint.safety:
        return complaint.clock_from + span
    return WorkingCalendar(zone()).add_working_time(complaint.clock_from, span)


def set_due(complaint: Complaint) -> None:
    """Say when the step is due, and when it is warned of that."""
    complaint.due_at = due_at(complaint)
    half, nearly = (_passed(complaint, share) for share in (HALF, NEARLY))
    complaint.half_at = half if complaint.warned < 1 else None
    complaint.nearly_at = nearly if complaint.warned < 2 else None


def _passed(complaint: Complaint, share: float) -> datetime | None:
    """Return when this share of the time that is left from now on will be gone."""
    if complaint.due_at is None or complaint.due_at <= now():
        return None
    if complaint.safety:
        return now() + (complaint.due_at - now()) * share
    calendar = WorkingCalendar(zone())
    left = calendar.working_time_between(now(), complaint.due_at)
    return calendar.add_working_time(now(), left * share)


def stop_waiting(complaint: Complaint) -> None:
    """Let the clock go on, if it stood."""
    if complaint.waiting_since is not None:
        since, complaint.waiting_since = complaint.waiting_since, None
        complaint.waited += _minutes_between(complaint, since, now())


def _minutes_between(complaint: Complaint, since: datetime, until: datetime) -> int:
    if complaint.safety:
        return int((until - since) / _MINUTE)
    return int(WorkingCalendar(zone()).working_time_between(since, until) / _MINUTE)
