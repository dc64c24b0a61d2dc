"""Deliveries bring calls; goods that come back take them away."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from bus import subscribe
from core.company import company
from core.customers.resolution import resolve, same_customer
from core.deals.facts import Delivered, Returned, Sold
from core.deals.queries import by_ids
from core.money import ZERO
from core.promises import keeping as promises
from core.tasks import services as tasks
from modules.service.remembering import run_out

#: Promises that hang on one order's delivery.
ON_DELIVERY = ("service.follow_up", "service.call_back", "service.maintenance")
#: What is offered to somebody until she buys again.
OFFERS = ("service.run_out", "service.gone")


@subscribe(batch=True, historical=False, acts=True)
def keep_promises(deliveries: list[Delivered]) -> None:
    """Plan the calls that a deal's first delivery brings; parts that follow bring no second set."""
    promises.keep_for("service.follow_up", {delivered.deal_id for delivered in deliveries})


@subscribe(batch=True, historical=False, acts=True)
def withdraw_promises(returns: list[Returned]) -> None:
    """Do not ask how the goods are when all of them have come back."""
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("All goods came back.")
    for deal_id in _all_back({returned.deal_id for returned in returns}):
        for kind in ON_DELIVERY:
            promises.withdraw(kind, reason, deal_id=deal_id)


@subscribe(batch=True, historical=False, acts=True)
def withdraw_offers(sales: list[Sold]) -> None:
    """She has bought: nobody asks her whether it is used up, or why she stays away."""
    buyers = {each for sale in sales for each in same_customer(sale.customer_id)}
    if not tasks.is_asked_of(buyers, OFFERS):
        return  # so it nearly always is
    with force_locale(company().language):
        reason = _("She has bought again.")
    for sale in sales:
        customer_id = resolve(sale.customer_id)
        for line in sale.lines:
            subject = run_out.subject(customer_id, line.sku)
            promises.withdraw("service.run_out", reason, subject=subject)
        promises.withdraw("service.gone", reason, customer_id=customer_id)


def _all_back(deal_ids: Iterable[UUID]) -> list[UUID]:
    pictures = by_ids(deal_ids).values()
    return [each.deal_id for each in pictures if each.with_customer == ZERO]
