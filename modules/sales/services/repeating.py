"""A customer wants the same again: the quotation is written before anybody asks for it."""

from uuid import UUID

from core.clock import today
from core.customers.queries import customer
from core.errors import DomainError
from core.people import Person
from core.people.identity import person_by_id
from core.tasks import services as tasks
from modules.sales.drafts import LineDraft, OrderDraft
from modules.sales.services.quoting import write_quotation

REPEAT = "sales.repeat"


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


def repeat(task_id: UUID, customer_id: UUID, lines: list[LineDraft], asked_by: UUID) -> None:
    """Write the quotation and ask for its confirmation; where that fails, ask somebody to do it."""
    card = customer(customer_id)
    seller = _seller(card.seller_id, asked_by)
    goods = ", ".join(f"{line.sku} × {line.quantity.normalize():f}" for line in lines)
    number, title = "", _("Write the repeat order by hand")
    if seller is not None:
        try:
            draft = OrderDraft(customer_id=card.id, lines=lines)
            number = write_quotation(draft, seller).number
            title = _("Confirm the repeat order %(quotation)s")
        except DomainError:  # the product is sold no longer, or its price has gone
            number = ""
    tasks.ask(
        REPEAT,
        f"{REPEAT}:{task_id}",
        title,
        today(),
        customer_id=card.id,
        owner_id=seller.id if seller and "sales.sell" in seller.permissions else None,
        pool="sales",
        reason=_("She was reminded and wants the same again: %(goods)s."),
        words={"quotation": number, "goods": goods},
    )


def _seller(seller_id: UUID | None, asked_by: UUID) -> Person | None:
    """Her own salesperson, else whoever spoke with her."""
    own = person_by_id(seller_id) if seller_id else None
    return own or person_by_id(asked_by)
