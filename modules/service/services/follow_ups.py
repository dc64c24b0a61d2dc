"""Follow-ups that were done are told to everybody."""

from bus import publish
from core.tasks.models import Task
from modules.service.events import FollowUpDone


def report_done(task: Task) -> None:
    """Tell what came of a call."""
    if task.customer_id is None:
        return
    publish(
        FollowUpDone(
            task_id=task.id,
            customer_id=task.customer_id,
            deal_id=task.deal_id,
            number=task.number,
            kind=task.kind,
            note=task.note,
        )
    )
