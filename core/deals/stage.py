"""Where a deal stands, in one word: worked out from its independent axes, for lists and boards.

Nothing is ever decided by it: what may be shipped, paid or cancelled, the counters say.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, get_args

from core.deals.models import Deal, DealDue
from core.money import ZERO

Stage = Literal["deposit", "to_ship", "part_shipped", "shipped", "done", "cancelled"]
#: In the order in which a deal usually passes them.
STAGES: tuple[Stage, ...] = get_args(Stage)


def stage_of(deal: Deal) -> Stage:
    """Return the deal's place on the board."""
    lines = deal.lines
    if lines and all(line.ordered == line.cancelled for line in lines):
        return "cancelled"
    if any(line.ordered - line.cancelled > line.shipped for line in lines):
        if any(line.shipped for line in lines):
            return "part_shipped"
        return "deposit" if _deposit_missing(deal) else "to_ship"
    on_its_way = any(line.delivered < line.shipped for line in lines)
    return "shipped" if on_its_way or deal.owed > 0 else "done"


def open_amounts(dues: Sequence[DealDue], kept: Decimal) -> list[Decimal]:
    """Return what of each due is still to be paid; money settles the plan in its order."""
    still = []
    for due in dues:
        covered = min(due.amount, max(kept, ZERO))
        kept -= covered
        still.append(due.amount - covered)
    return still


def _deposit_missing(deal: Deal) -> bool:
    still = open_amounts(deal.dues, deal.received - deal.refunded)
    return any(
        amount > 0 and due.before_shipping for due, amount in zip(deal.dues, still, strict=True)
    )
