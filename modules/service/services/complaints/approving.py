"""Approve or decline what is above the limit of whoever proposed it."""

from uuid import UUID

from core.errors import Forbidden
from core.people.identity import current_person, may
from modules.service.errors import ApprovedByAnother
from modules.service.models import Compensation, Complaint
from modules.service.models.complaints import APPROVE
from modules.service.queries.complaints import compensations
from modules.service.services.complaints.acts import append, checked, held


def approve(complaint_id: UUID, text: str = "") -> Complaint:
    """Agree, as the head of service, to what is proposed.

    Raises:
        Forbidden: when the person does not lead service.
        ApprovedByAnother: when it is the person's own proposal.
    """
    complaint, asked = _asked(complaint_id)
    asked.state, asked.approved_by = "proposed", current_person().name
    append(complaint, "approved", checked(text, required=False))
    return complaint


def decline(complaint_id: UUID, text: str) -> Complaint:
    """Say no, with the reason: something else has to be proposed."""
    complaint, asked = _asked(complaint_id)
    asked.state = "gone"
    append(complaint, "declined", checked(text))
    return complaint


def _asked(complaint_id: UUID) -> tuple[Complaint, Compensation]:
    if not may("service.lead"):
        raise Forbidden(permission="service.lead")
    complaint = held(complaint_id, APPROVE)
    asked = next(one for one in compensations(complaint.id) if one.state == "asked")
    if asked.proposed_by_id == current_person().id:
        raise ApprovedByAnother
    return complaint, asked
