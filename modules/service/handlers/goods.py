"""Service keeps who has which goods, so that all who have the same can be asked."""

from bus import subscribe
from core.deals.facts import Delivered, Returned
from modules.service.services import goods


@subscribe(batch=True)
def note_delivered(deliveries: list[Delivered]) -> None:
    """Whoever was handed goods has them."""
    goods.note_delivered(deliveries)


@subscribe(batch=True)
def note_returned(returns: list[Returned]) -> None:
    """Whoever gave them back has them no longer."""
    goods.note_returned(returns)
