"""Deals for tests that do not care how they were sold."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from core.clock import today
from core.deals.facts import Due, Fact, GoodsLine, SoldLine
from core.ids import new_id

F = TypeVar("F", bound=Fact)


@dataclass
class ADeal:
    """Somebody bought a quantity of one thing at ten a piece."""

    customer_id: UUID
    customer_name: str
    number: str
    quantity: Decimal
    dues: tuple[Due, ...] = ()
    historical: bool = False
    deal_id: UUID = field(default_factory=new_id)
    line_id: UUID = field(default_factory=new_id)

    @property
    def amount(self) -> Decimal:
        """What it costs in all."""
        return (self.quantity * 10).quantize(Decimal("0.01"))

    def fact(self, kind: type[F], /, **more: Any) -> F:
        """Return something that happened to this deal, today if nothing else is said."""
        common = {
            "deal_id": self.deal_id,
            "number": self.number,
            "customer_id": self.customer_id,
            "customer_name": self.customer_name,
            "currency": "CNY",
            "historical": self.historical,
        }
        return kind(**{**common, "happened_on": today(), **more})

    def sold(self, kind: type[F], /, **more: Any) -> F:
        """Return the sale itself, as this kind of event."""
        line = SoldLine(
            line_id=self.line_id,
            sku="TEA",
            name="龙井",
            unit="kg",
            quantity=self.quantity,
            unit_price=Decimal(10),
            amount=self.amount,
            tax=Decimal("0.00"),
        )
        who = {"seller_id": new_id(), "seller_name": "王伟"}
        return self.fact(kind, lines=(line,), dues=self.dues, **{**who, **more})

    def goods(self, quantity: int | str | Decimal) -> GoodsLine:
        """Return a part of its goods."""
        return GoodsLine(line_id=self.line_id, quantity=Decimal(quantity))


def sell(
    number: str,
    quantity: int | str,
    *,
    customer: str = "李丽",
    customer_id: UUID | None = None,
    sold_on: date | None = None,
    **more: Any,
) -> ADeal:
    """Sell, in the caller's transaction, to a customer that is known or to a new one."""
    from bus import publish
    from core.customers.queries import customer as known
    from core.customers.services import create_customer
    from core.deals.facts import Sold

    card = known(customer_id) if customer_id else create_customer(customer)
    deal = ADeal(card.id, card.name, number, Decimal(quantity), **more)
    publish(deal.sold(Sold, happened_on=sold_on or today()))
    return deal
