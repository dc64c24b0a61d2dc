"""Whoever was served is asked how content she is: by a link, seldom, and never for history."""

from typing import Final

from flask_babel import lazy_gettext as _l

from bus import subscribe
from core.customers.resolution import resolve
from core.tasks.kinds import NOT_REACHED, Offer, TaskKind, task_kind
from modules.service.events import ComplaintClosed, CustomerAnswered, FollowUpDone
from modules.service.services.asking import ask, ask_after_complaint
from modules.service.services.feedback_links import Occasion
from modules.service.tasks import ASK_CONTENT

#: Calls after which she has something to say about us; and what must not have come of them.
CALLS: Final = ("service.follow_up", "service.call_back", "service.maintenance")
_SAID_NOTHING: Final = (NOT_REACHED, "refused")


@subscribe(historical=False, acts=True)
def ask_after_closing(closed: ComplaintClosed) -> None:
    """A complaint about an order was closed."""
    ask_after_complaint(closed.concern_id)


@subscribe(historical=False, acts=True)
def ask_after_answering(answered: CustomerAnswered) -> None:
    """A complaint about something else was closed."""
    ask_after_complaint(answered.complaint_id)


@subscribe(historical=False, acts=True)
def ask_after_call(call: FollowUpDone) -> None:
    """She was called after a delivery, and was there."""
    if call.kind not in CALLS or call.outcome in _SAID_NOTHING:
        return
    ask(
        Occasion(
            name="follow_up",
            subject_id=call.task_id,
            customer_id=resolve(call.customer_id),
            deal_id=call.deal_id,
            number=call.number,
            served_by_id=call.done_by_id,
            served_by=call.done_by,
            asks_nps=True,
        )
    )


task_kind(
    TaskKind(
        ASK_CONTENT, _l("Feedback"), "service.work", "service", "star",
        offer=Offer(_l("Make her link"), "service.give_link", "link-45deg"),
    )
)  # fmt: skip
