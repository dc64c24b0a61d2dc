"""The core notes whose rhythm has changed; it is reckoned soon after, outside the delivery."""

from bus import subscribe
from core.deals.facts import Cancelled, Returned, Sold
from core.rhythm.waiting import note


@subscribe(batch=True, subscriber="core", acts=True)
def note_sales(sales: list[Sold]) -> None:
    """She has bought."""
    note(sale.customer_id for sale in sales)


@subscribe(batch=True, subscriber="core", acts=True)
def note_cancellations(cancellations: list[Cancelled]) -> None:
    """She has bought less than it seemed."""
    note(each.customer_id for each in cancellations)


@subscribe(batch=True, subscriber="core", acts=True)
def note_returns(returns: list[Returned]) -> None:
    """She has kept less than it seemed."""
    note(each.customer_id for each in returns)
