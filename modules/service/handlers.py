"""What service listens to."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from bus import subscribe
from core.company import company
from core.deals.facts import Delivered, Returned
from core.deals.queries import by_ids
from core.money import ZERO
from core.tasks import services as tasks
from core.tasks.kinds import TaskKind, task_kind
from modules.service.rules import FOLLOW_UPS
from modules.service.services.follow_ups import report_done

for _rule in FOLLOW_UPS:
    task_kind(
        TaskKind(
            _rule.kind,
            _l("Call-back"),
            "service.work",
            "service",
            "telephone-outbound",
            when_done=report_done,
        )
    )


@subscribe(batch=True, historical=False, acts=True)
def schedule_follow_ups(deliveries: list[Delivered]) -> None:
    """Plan the calls after a deal's first delivery; parts that follow bring no second set."""
    tasks.ask_many(
        [
            tasks.Ask(
                kind=rule.kind,
                unique_key=f"{rule.kind}:{delivered.deal_id}",
                title=rule.title,
                say=rule.say,
                due_on=delivered.happened_on + timedelta(days=rule.days),
                customer_id=delivered.customer_id,
                deal_id=delivered.deal_id,
                number=delivered.number,
                pool="service",
            )
            for delivered in deliveries
            for rule in FOLLOW_UPS
        ]
    )


@subscribe(batch=True, historical=False, acts=True)
def withdraw_follow_ups(returns: list[Returned]) -> None:
    """Do not ask how the goods are when all of them have come back."""
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("All goods came back.")
    for deal_id in _all_back({returned.deal_id for returned in returns}):
        for rule in FOLLOW_UPS:
            tasks.withdraw(reason, deal_id=deal_id, kind=rule.kind)


def _all_back(deal_ids: Iterable[UUID]) -> list[UUID]:
    pictures = by_ids(deal_ids).values()
    return [each.deal_id for each in pictures if each.with_customer == ZERO]
