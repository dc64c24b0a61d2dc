"""Record a complaint, answer it, close it."""

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from bus import publish
from core.clock import now, today
from core.customers.queries import customer as customer_card
from core.db import db
from core.deals.facts import Holds
from core.deals.locking import lock
from core.deals.picture import Picture
from core.errors import Forbidden, InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.numbers import next_number
from core.people.identity import current_person, may
from core.text import tidy_lines
from modules.service.errors import (
    AnswerFirst,
    ComplaintClosedAlready,
    ComplaintNotFound,
    HoldsNeedOrder,
)
from modules.service.events import ComplaintClosed, ComplaintOpened, CustomerComplained
from modules.service.models import ANSWERED, CLOSED, OPEN, Complaint, ComplaintAct

LONGEST_TEXT = 4000


def complain_about_order(deal_id: UUID, text: str, holds: Holds = "none") -> Complaint:
    """Record a complaint about an order; it may hold the order's shipping or collection.

    The deal is locked, so that goods do not leave while the complaint that holds them is written.
    """
    deal = lock([deal_id])[deal_id]
    complaint = _record(deal.customer_id, deal.customer, text, holds=holds, deal=deal)
    publish(
        ComplaintOpened(
            deal_id=deal.deal_id,
            number=deal.number,
            customer_id=deal.customer_id,
            customer_name=deal.customer,
            currency=deal.currency,
            happened_on=today(),
            document=complaint.number,
            concern_id=complaint.id,
            kind="complaint",
            text=complaint.text,
            holds=holds,
        )
    )
    return complaint


def complain(customer_id: UUID, text: str, holds: Holds = "none") -> Complaint:
    """Record a complaint that is not about one order.

    Raises:
        HoldsNeedOrder: when it is to hold something.
    """
    if holds != "none":
        raise HoldsNeedOrder
    customer = customer_card(customer_id)
    complaint = _record(customer.id, customer.name, text, holds="none", deal=None)
    publish(
        CustomerComplained(
            complaint_id=complaint.id,
            number=complaint.number,
            customer_id=customer.id,
            customer_name=customer.name,
            text=complaint.text,
        )
    )
    return complaint


def answer(complaint_id: UUID, text: str) -> Complaint:
    """Keep what the customer was told.

    Raises:
        ComplaintClosedAlready: when it is closed.
    """
    complaint = _open_complaint(complaint_id)
    _act(complaint, ANSWERED, _checked(text))
    return complaint


def close(complaint_id: UUID, text: str = "") -> Complaint:
    """Close a complaint that the customer has an answer to; what it held is free again.

    Raises:
        AnswerFirst: when the customer has no answer yet.
        Forbidden: when it held something and the person may not set that free.
    """
    complaint = _open_complaint(complaint_id)
    if complaint.state != ANSWERED:
        raise AnswerFirst
    if complaint.holds != "none" and not may("service.lead"):
        raise Forbidden(permission="service.lead")
    answered = complaint.answer
    _act(complaint, CLOSED, text.strip())
    if complaint.deal_id is not None:
        deal = lock([complaint.deal_id])[complaint.deal_id]
        publish(
            ComplaintClosed(
                deal_id=deal.deal_id,
                number=deal.number,
                customer_id=deal.customer_id,
                customer_name=deal.customer,
                currency=deal.currency,
                happened_on=today(),
                document=complaint.number,
                concern_id=complaint.id,
                answer=answered,
            )
        )
    return complaint


def _record(
    customer_id: UUID, name: str, text: str, *, holds: Holds, deal: Picture | None
) -> Complaint:
    complaint = Complaint(
        id=new_id(),
        number=next_number("CP"),
        customer_id=customer_id,
        customer_name=name,
        deal_id=deal.deal_id if deal else None,
        order=deal.number if deal else None,
        text=_checked(text),
        holds=holds,
        opened_at=now(),
        opened_by=current_person().name,
    )
    db.session.add(complaint)
    db.session.flush()
    _act(complaint, OPEN, complaint.text)
    return complaint


def _act(complaint: Complaint, act: str, text: str) -> None:
    """Append what was done; the state is the last act that counts."""
    complaint.acts.append(
        ComplaintAct(
            id=new_id(),
            complaint_id=complaint.id,
            act=act,
            text=text,
            at=now(),
            by=current_person().name,
        )
    )
    complaint.state = act
    hint("service.complaints", complaint.number)


def _open_complaint(complaint_id: UUID) -> Complaint:
    query = select(Complaint).where(Complaint.id == complaint_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ComplaintNotFound
    if found.state == CLOSED:
        raise ComplaintClosedAlready
    return found


def _checked(text: str) -> str:
    text = tidy_lines(text)
    if not text:
        raise InvalidInput({"text": _("Write down what was said.")})
    if len(text) > LONGEST_TEXT:
        raise InvalidInput({"text": _("Enter at most %(number)s characters.", number=LONGEST_TEXT)})
    return text
