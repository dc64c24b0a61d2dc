"""The kinds of tasks that complaints ask for, and what happens when one is done."""

from flask_babel import lazy_gettext as _l

from core.people.identity import current_person_or_none
from core.tasks.kinds import CALL_OUTCOMES, TaskKind, task_kind
from core.tasks.models import Task
from modules.service.errors import DoneOnComplaint
from modules.service.services.complaints import doing
from modules.service.services.complaints.acts import locked
from modules.service.services.complaints.errands import complaint_of
from modules.service.services.complaints.responsibility import report
from modules.service.services.follow_ups import report_done
from modules.service.tasks import (
    APPROVALS,
    ASK_OTHER,
    ESCALATIONS,
    OFFERS,
    PRAISE,
    REPAIRS,
    REPORTS,
    STEP_TASKS,
    WARNINGS,
)


def _elsewhere(_task: Task) -> None:
    """A step asks for more than a note."""
    raise DoneOnComplaint


def _complaint_first(task: Task) -> None:
    """Lock the complaint before its task, as every act on a complaint does."""
    locked(complaint_of(task))


def _report(task: Task) -> None:
    """Keep with the complaint what a colleague found out or did."""
    report(locked(complaint_of(task)), task.note)


def _repaired(task: Task) -> None:
    """The goods are repaired."""
    _report(task)
    person = current_person_or_none()
    doing.repaired(complaint_of(task), doing.Done(person.name if person else ""))


for _kind in (
    TaskKind(
        STEP_TASKS, _l("Complaint"), "service.work", "service", "chat-left-text",
        when_done=_elsewhere,
    ),
    TaskKind(
        APPROVALS, _l("Approval"), "service.lead", "service", "check2-circle",
        when_done=_elsewhere,
    ),
    TaskKind(
        OFFERS, _l("Hand-over"), "service.work", "service", "person-up", when_done=_elsewhere
    ),
    TaskKind(
        REPORTS, _l("Question about a complaint"), "service.work", "service", "question-circle",
        when_done=_report, locks_first=_complaint_first,
    ),
    TaskKind(
        ESCALATIONS, _l("Escalation"), "service.lead", "service", "exclamation-triangle",
        when_done=_report, locks_first=_complaint_first,
    ),
    TaskKind(WARNINGS, _l("Warning"), "service.work", "service", "hourglass-split"),
    TaskKind(
        REPAIRS, _l("Repair"), "service.work", "service", "tools", when_done=_repaired,
        locks_first=_complaint_first,
    ),
    TaskKind(PRAISE, _l("Praise"), "service.work", "service", "star"),
    TaskKind(
        ASK_OTHER, _l("Same goods"), "service.work", "service", "people", when_done=report_done,
        outcomes=CALL_OUTCOMES,
    ),
):  # fmt: skip
    task_kind(_kind)
