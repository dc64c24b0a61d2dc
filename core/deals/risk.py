"""Why a customer may not pay, and why not to send her more: told by what the deal knows itself.

A customer who is not content does not pay. Departments show this beside a balance and beside goods
that are to leave, whichever module raised the concern.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import today
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.deals.models import Deal, DealConcern
from core.deals.picture import Picture
from core.money import format_money
from core.web.times import short_date


@dataclass(frozen=True)
class Risk:
    """One reason: a code for programs, a sentence for people."""

    #: concern, late_delivery or invoice.
    code: str
    text: str
    #: What it holds: shipping, collection or none.
    holds: str = "none"


def risks(picture: Picture) -> list[Risk]:
    """Return why the balance of a deal is at risk."""
    found = [
        Risk("concern", concern.text, concern.holds)
        for concern in picture.concerns
        if concern.settled_at is None
    ]
    if picture.historical:
        return found
    if picture.promised_on and picture.promised_on < today() and not picture.fully_shipped:
        day = short_date(picture.promised_on)
        found.append(Risk("late_delivery", _("Delivery is late: promised for %(day)s", day=day)))
    if (more := picture.invoiced - picture.with_customer) > 0:
        amount = format_money(more, picture.currency)
        text = _("The invoice is wrong: %(amount)s more than she has", amount=amount)
        found.append(Risk("invoice", text))
    return found


def concerns_of(customer_ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, Risk]]]:
    """Return the open concerns of each customer with the order's number; merged cards are one."""
    wanted = {each: same_customer(each) for each in set(customer_ids)}
    query = (
        select(Deal.customer_id, Deal.number, DealConcern.text, DealConcern.holds)
        .join(DealConcern, DealConcern.deal_id == Deal.id)
        .where(
            DealConcern.settled_at.is_(None),
            Deal.customer_id.in_({one for ids in wanted.values() for one in ids}),
        )
        .order_by(DealConcern.raised_at)
    )
    by_card: dict[UUID, list[tuple[str, Risk]]] = {}
    for customer_id, number, text, holds in db.session.execute(query):
        by_card.setdefault(resolve(customer_id), []).append((number, Risk("concern", text, holds)))
    return {each: by_card.get(resolve(each), []) for each in wanted}
