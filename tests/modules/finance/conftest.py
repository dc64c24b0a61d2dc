"""What the stories of finance share: orders with a deposit, money, goods that move."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from bus import publish
from core.clock import today
from core.db import reading
from core.deals.facts import Due, Returned, Shipped, Sold
from core.testing.deals import ADeal


def due(amount: str, *, on: Any = None, kind: str = "balance", before: bool = False) -> Due:
    """A step of a plan of payments."""
    return Due(amount=Decimal(amount), on=on, before_shipping=before, kind=kind)


@pytest.fixture
def with_deposit(a_deal) -> Callable[..., ADeal]:
    """A maker of orders over 100: 30 before shipping, 70 on delivery."""

    def make(**more: Any) -> ADeal:
        plan = (due("30.00", kind="prepayment", before=True), due("70.00"))
        return a_deal(quantity=10, dues=plan, **more)

    return make


@pytest.fixture
def bought_again(acting) -> Callable[..., ADeal]:
    """A maker of further orders of the same customer."""
    numbers = count(1)

    def make(deal: ADeal, quantity: int = 5, **more: Any) -> ADeal:
        number = f"U-{next(numbers):04d}"
        other = ADeal(deal.customer_id, deal.customer_name, number, Decimal(quantity), **more)
        with acting("sales"):
            publish(other.sold(Sold))
        return other

    return make


@pytest.fixture
def ship(acting) -> Callable[[ADeal, int], None]:
    """Goods leave the house."""

    def move(deal: ADeal, quantity: int) -> None:
        with acting("warehouse"):
            publish(deal.fact(Shipped, lines=(deal.goods(quantity),)))

    return move


@pytest.fixture
def bring_back(acting) -> Callable[[ADeal, int], None]:
    """Goods come back."""

    def move(deal: ADeal, quantity: int) -> None:
        with acting("warehouse"):
            publish(deal.fact(Returned, lines=(deal.goods(quantity),)))

    return move


@pytest.fixture
def pay(api_as) -> Callable[..., Any]:
    """The clerk takes money: `pay(deal, "70.00")` or `pay((one, "5.00"), (other, "6.00"))`."""
    clerk = api_as("finance")

    def take(*what: Any, key: str = "", **more: Any) -> Any:
        parts = [what] if isinstance(what[0], ADeal) else what
        body = {
            "customer_id": str(parts[0][0].customer_id),
            "method": "cash",
            "amount": str(sum(Decimal(amount) for _deal, amount in parts)),
            "allocations": [{"order": deal.number, "amount": amount} for deal, amount in parts],
        }
        return clerk.post("finance/payments", {**body, **more}, key=key)

    return take


@pytest.fixture
def owed(api) -> Callable[[ADeal], str]:
    """What every department sees of what an order owes."""
    return lambda deal: api.get(f"deals/{deal.number}").json["owed"]


@pytest.fixture
def day(app) -> date:
    """Today, by the company's calendar."""
    with reading(app):
        return today()
