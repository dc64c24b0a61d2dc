"""A day of the sample company's sales: quotations, orders, and now and then a change of mind."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from core.clock import today
from core.customers.queries import customers
from core.products.queries import products
from modules.sales.drafts import DepositKind, DepositRule, LineDraft, OrderDraft
from modules.sales.queries import orders
from modules.sales.services.cancelling import cancel_order
from modules.sales.services.confirming import place_order
from modules.sales.services.quoting import write_quotation


def live_a_day(chance: Random) -> None:
    """Write one to three quotations; most of them become orders on the same day."""
    for _number in range(chance.choice((0, 1, 1, 2, 2, 3))):
        draft = _draft(chance)
        if chance.random() < 0.85:
            place_order(draft)
        else:
            write_quotation(draft)
    if chance.random() < 0.06:
        _call_off_one(chance)


def _draft(chance: Random) -> OrderDraft:
    buyer = chance.choice(customers(limit=50).items)
    goods = chance.sample(products(limit=50).items, chance.choice((1, 1, 2, 3)))
    lines = tuple(
        LineDraft(
            sku=product.sku,
            quantity=Decimal(chance.choice((1, 1, 2)) if product.serials else chance.randint(1, 8)),
            discount_percent=Decimal(chance.choice((0, 0, 0, 5, 10))),
        )
        for product in goods
    )
    return OrderDraft(
        customer_id=buyer.id,
        lines=lines,
        promised_on=today() + timedelta(days=chance.randint(2, 12)),
        deposit=_deposit(chance),
    )


def _deposit(chance: Random) -> DepositRule | None:
    if chance.random() < 0.45:
        return None
    kind: DepositKind = "earnest" if chance.random() < 0.2 else "prepayment"
    percent = Decimal(20 if kind == "earnest" else chance.choice((20, 30, 50)))
    return DepositRule(kind=kind, percent=percent, before_shipping=chance.random() < 0.8)


def _call_off_one(chance: Random) -> None:
    """A customer changes her mind while nothing has left the house."""
    waiting = orders(stage="deposit", limit=20).items
    if waiting:
        cancel_order(chance.choice(waiting).number, reason="客户改变主意")
