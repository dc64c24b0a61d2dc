"""Ask the others who have the same goods, before they complain."""

from uuid import UUID

from core.clock import today
from core.tasks import services as tasks
from modules.service.errors import NobodyElse
from modules.service.models import Complaint
from modules.service.queries.others import Other, key_of, others
from modules.service.services.complaints.acts import append, locked
from modules.service.tasks import ASK_OTHER, ASK_THEM, ASK_THEM_SAY, ASK_THEM_WHY


def ask_others(complaint_id: UUID, *, same_lot_only: bool = False) -> int:
    """Make a task for everybody who has the same goods; nobody is asked twice. Return how many.

    Raises:
        NobodyElse: when there is nobody left to ask.
    """
    complaint = locked(complaint_id)
    found = [
        one for one in others(complaint) if one.task is None and (one.same_lot or not same_lot_only)
    ]
    made = tasks.ask_many([_ask(complaint, one) for one in found])
    if not made:
        raise NobodyElse
    append(complaint, "asked_others", str(made), {"count": made})
    return made


def _ask(complaint: Complaint, one: Other) -> tasks.Ask:
    goods = " · ".join(filter(None, (complaint.product, one.lot)))
    return tasks.Ask(
        kind=ASK_OTHER,
        unique_key=key_of(complaint, one.customer.id),
        title=ASK_THEM,
        reason=ASK_THEM_WHY,
        say=ASK_THEM_SAY,
        due_on=today(),
        customer_id=one.customer.id,
        number=one.order,
        pool="service",
        words={"complaint": complaint.number, "goods": goods},
    )
