"""Warranties begin and end with the goods; what staff is asked because of them."""

from flask_babel import lazy_gettext as _l

from bus import subscribe
from core.deals.facts import Delivered, Returned
from core.tasks.kinds import CALL_OUTCOMES, TaskKind, task_kind
from core.tasks.models import Task
from modules.service.errors import DoneOnClaim
from modules.service.services import warranties
from modules.service.services.follow_ups import report_done
from modules.service.services.warranties.asking import CLAIM, NEW_CARD, PROPOSAL


@subscribe(batch=True, acts=True)
def begin_warranties(deliveries: list[Delivered]) -> None:
    """Whoever was handed goods has a warranty, registered or not."""
    warranties.begin(deliveries)


@subscribe(batch=True, acts=True)
def end_warranties(returns: list[Returned]) -> None:
    """What came back needs none any more."""
    warranties.end_returned(returns)


def _elsewhere(_task: Task) -> None:
    """A registration is confirmed or dismissed, with a reason."""
    raise DoneOnClaim


for _kind in (
    TaskKind(
        CLAIM, _l("Warranty registration"), "service.work", "service", "shield-exclamation",
        when_done=_elsewhere, escalates_after=7, escalates_to="service.lead",
    ),
    TaskKind(
        NEW_CARD, _l("New contact"), "service.work", "service", "person-plus",
        when_done=report_done, outcomes=CALL_OUTCOMES,
    ),
    TaskKind(PROPOSAL, _l("Card differs"), "service.work", "service", "person-vcard"),
):  # fmt: skip
    task_kind(_kind)
