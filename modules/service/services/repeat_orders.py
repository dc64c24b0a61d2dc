"""She wants the same again: one click, and sales writes it down."""

from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.customers.queries import customer
from core.people.identity import current_person
from core.tasks import services as tasks
from core.tasks.models import Task
from modules.service.errors import NothingToRepeat
from modules.service.events import RepeatRequested, WantedLine


def request_repeat(task_id: UUID) -> Task:
    """Finish a reminder with the wish to have the same again, and tell sales.

    Raises:
        TaskNotFound, TaskClosed, Forbidden: when the task cannot be done, or not by this person.
        NothingToRepeat: when it names no product.
    """
    person = current_person()
    task = tasks.finish(task_id, _("Wants the same again."), "reached")
    if task.customer_id is None or not task.words.get("sku"):
        raise NothingToRepeat
    card = customer(task.customer_id)
    line = WantedLine(
        sku=task.words["sku"],
        name=task.words.get("product", task.words["sku"]),
        quantity=Decimal(task.words.get("quantity", "1")),
    )
    publish(
        RepeatRequested(
            task_id=task.id,
            customer_id=card.id,
            customer_name=card.name,
            lines=(line,),
            asked_by=person.id,
            asked_by_name=person.name,
        )
    )
    return task
