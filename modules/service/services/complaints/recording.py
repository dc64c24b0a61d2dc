"""Record a complaint at once, in the customer's words.

Whoever records it answers for it; for one that nobody recorded, the department does until
somebody takes it over.
"""

from uuid import UUID

from bus import publish
from core.clock import now
from core.customers.queries import customer as customer_card
from core.customers.resolution import resolve
from core.db import db
from core.deals.facts import Holds
from core.deals.locking import lock
from core.ids import new_id
from core.numbers import next_number
from core.people.identity import current_person_or_none
from modules.service.errors import HoldsNeedOrder
from modules.service.events import CustomerComplained
from modules.service.models import Complaint
from modules.service.services.complaints.acts import append, checked
from modules.service.services.complaints.errands import ask_superior
from modules.service.services.complaints.told import opened


def complain_about_order(
    deal_id: UUID, text: str, holds: Holds = "none", *, safety: bool = False
) -> Complaint:
    """Record a complaint about an order; it may hold the order's shipping or collection.

    The deal is locked, so that goods do not leave while the complaint that holds them is written.
    """
    deal = lock([deal_id])[deal_id]
    complaint = _new(deal.customer_id, deal.customer, text, safety=safety)
    complaint.deal_id, complaint.order, complaint.holds = deal.deal_id, deal.number, holds
    _begin(complaint)
    publish(opened(complaint, deal))
    return complaint


def complain(
    customer_id: UUID, text: str, holds: Holds = "none", *, safety: bool = False
) -> Complaint:
    """Record a complaint that is not about one order.

    Raises:
        HoldsNeedOrder: when it is to hold something.
    """
    if holds != "none":
        raise HoldsNeedOrder
    customer = customer_card(customer_id)
    complaint = _new(customer.id, customer.name, text, safety=safety)
    _begin(complaint)
    publish(
        CustomerComplained(
            complaint_id=complaint.id,
            number=complaint.number,
            customer_id=customer.id,
            customer_name=customer.name,
            text=complaint.text,
            safety=complaint.safety,
            grade=complaint.grade,
        )
    )
    return complaint


def _new(customer_id: UUID, name: str, text: str, *, safety: bool) -> Complaint:
    person = current_person_or_none()
    return Complaint(
        id=new_id(),
        number=next_number("CP"),
        customer_id=customer_id,
        customer_name=name,
        grade=customer_card(resolve(customer_id)).grade,
        text=checked(text),
        holds="none",
        safety=safety,
        round=1,
        waited=0,
        clock_from=now(),
        opened_at=now(),
        opened_by=person.name if person else None,
        answerable_id=person.id if person else None,
        answerable=person.name if person else None,
        acts=[],
    )


def _begin(complaint: Complaint) -> None:
    db.session.add(complaint)
    db.session.flush()
    append(complaint, "recorded", complaint.text)
    if complaint.safety:  # whoever may be hurt does not wait until a step is late
        ask_superior(complaint, complaint.text)
