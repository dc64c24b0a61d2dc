"""Follow-ups that were done are told to everybody."""

from bus import publish
from core.people.identity import current_person_or_none
from core.tasks.models import Task
from modules.service.events import FollowUpDone


def report_done(task: Task) -> None:
    """Tell what came of a call."""
    if task.customer_id is None:
        return
    person = current_person_or_none()
    publish(
        FollowUpDone(
            task_id=task.id,
            customer_id=task.customer_id,
            deal_id=task.deal_id,
            number=task.number,
            kind=task.kind,
            note=task.note,
            outcome=task.outcome,
            done_by_id=person.id if person else None,
            done_by=person.name if person else "",
        )
    )
