"""What the bar says while a customer calls: all that she would else be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.calls.models import Call
from core.calls.queries import candidates, contact_calling, ringing
from core.customers.access import may_see_private
from core.customers.errors import CustomerNotFound
from core.customers.models import Customer
from core.customers.naming import addressed
from core.customers.queries import customer
from core.customers.resolution import same_customer
from core.db import db
from core.deals.models import Deal, DealConcern
from core.deals.queries import Picture, deals
from core.deals.standing import NextStep, next_step
from core.people import current_person_or_none
from core.search.answers import Balance, balances_of
from core.tasks.queries import open_tasks
from core.tasks.work import Work

_ORDERS, _WORRIES = 3, 3


@dataclass(frozen=True)
class Worry:
    """An open concern about one of her orders."""

    number: str
    text: str


@dataclass(frozen=True)
class Known:
    """What is known of the customer who calls."""

    customer: Customer
    #: How to address her; None when too little is known.
    addressed: str | None
    balances: tuple[Balance, ...]
    #: Her latest orders, and what each waits for.
    orders: Sequence[tuple[Picture, NextStep]]
    worries: Sequence[Worry]
    #: What was promised her next.
    promise: Work | None


@dataclass(frozen=True)
class Ringing:
    """A call on somebody's screen."""

    call: Call
    known: Known | None
    #: Who of her people calls, in words; empty when it is her own number.
    contact: str
    #: Other cards with the same number.
    others: Sequence[Customer]


def shown() -> list[Ringing]:
    """Return the calls for the person at the screen, the newest first; a Jinja global."""
    person = current_person_or_none()
    return [_ringing(call) for call in ringing(person.id)] if person else []


def _ringing(call: Call) -> Ringing:
    found = candidates(call.number)
    leading = _card(call.customer_id) or (found[0] if found else None)
    others = [each for each in found if leading is None or each.id != leading.id]
    contact = _contact(call, leading) if leading else ""
    return Ringing(call, _known(leading) if leading else None, contact, others)


def _contact(call: Call, card: Customer) -> str:
    """Name who of her people calls; to whom her family is not shown, only that it is one."""
    one = contact_calling(call.number, card.id)
    if one is None:
        return ""
    if not may_see_private(card):
        return _("somebody of her family or company")
    return " ".join(part for part in (one.relation, one.name) if part)


def _card(customer_id: UUID | None) -> Customer | None:
    try:
        return customer(customer_id) if customer_id else None
    except CustomerNotFound:
        return None


def _known(card: Customer) -> Known:
    latest = deals(customer_id=card.id, limit=_ORDERS).items
    tasks = open_tasks(customer_id=card.id, limit=1).items
    return Known(
        customer=card,
        addressed=addressed(card),
        balances=balances_of([card.id])[card.id],
        orders=[(each, next_step(each)) for each in latest],
        worries=_worries(card.id),
        promise=tasks[0] if tasks else None,
    )


def _worries(customer_id: UUID) -> list[Worry]:
    query = (
        select(Deal.number, DealConcern.text)
        .join(Deal, Deal.id == DealConcern.deal_id)
        .where(Deal.customer_id.in_(same_customer(customer_id)), DealConcern.settled_at.is_(None))
        .order_by(DealConcern.raised_at.desc())
        .limit(_WORRIES)
    )
    return [Worry(*row) for row in db.session.execute(query)]
