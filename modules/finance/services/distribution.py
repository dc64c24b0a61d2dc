"""Spread one amount over several orders."""

from collections.abc import Sequence
from decimal import Decimal

from core.deals.queries import by_numbers
from core.money import ZERO
from modules.finance.services.tender import Share


def spread(amount: Decimal, orders: Sequence[str]) -> tuple[Share, ...]:
    """Settle the orders one after the other; the last one is asked to take what is left.

    More than it owes is then refused under its lock, with the figure as it is at that moment.
    """
    owed = {number: deal.owed for number, deal in by_numbers(orders).items()}
    shares, rest = [], amount
    for place, number in enumerate(orders, start=1):
        is_last = place == len(orders)
        part = rest if is_last else min(rest, max(owed.get(number, ZERO), ZERO))
        if part > 0:
            shares.append(Share(number, part))
        rest -= part
    return tuple(shares)
