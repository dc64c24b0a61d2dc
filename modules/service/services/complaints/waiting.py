"""Stop the clock while we wait for the customer, with the reason; then let it go on."""

from uuid import UUID

from core.clock import now
from modules.service.errors import WrongStep
from modules.service.models import Complaint
from modules.service.services.complaints import clock
from modules.service.services.complaints.acts import append, checked, held


def wait(complaint_id: UUID, text: str) -> Complaint:
    """Wait for the customer: the time of the step stands still."""
    complaint = held(complaint_id)
    if complaint.waiting_since is not None:
        raise WrongStep(step=complaint.step)
    complaint.waiting_since = now()
    clock.set_due(complaint)
    append(complaint, "waiting", checked(text))
    return complaint


def resume(complaint_id: UUID, text: str = "") -> Complaint:
    """She is there again: the time goes on, and the step is due so much later."""
    complaint = held(complaint_id)
    if complaint.waiting_since is None:
        raise WrongStep(step=complaint.step)
    clock.stop_waiting(complaint)
    clock.set_due(complaint)
    append(complaint, "resumed", checked(text, required=False))
    return complaint
