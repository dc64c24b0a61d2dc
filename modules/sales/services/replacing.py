"""Enter new goods for those that a customer may exchange, free of charge.

The new goods are sold at the price of the old ones, and in the same transaction the same amount is
credited: what the customer has to pay stays as it was, and goods that come back later have a price.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bus import publish_many
from core.clock import now, today
from core.db import db
from core.deals.facts import Due, DueKind, SoldLine
from core.deals.locking import lock
from core.deals.picture import Line, Picture
from core.deals.queries import deal_by_id
from core.ids import derived_id
from core.live.hints import hint
from core.money import ZERO, to_money
from modules.sales.events import ReplacedLine, ReplacementAdded, ReplacementCredited
from modules.sales.models import Order, OrderEntry, OrderLine
from modules.sales.services.records import follow_deal


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What a customer was promised, as service told it."""

    compensation_id: UUID
    complaint: str
    deal_id: UUID
    by: str
    goods: Mapping[UUID, Decimal]


def replace_goods(exchange: Exchange) -> None:
    """Put the new goods onto the order; what was entered before is not entered again."""
    deal = lock([exchange.deal_id])[exchange.deal_id]
    lines = {line.line_id: _new_line(exchange, line) for line in deal.lines
             if line.line_id in exchange.goods}  # fmt: skip
    if not lines or any(new.line_id in _ids(deal) for new in lines.values()):
        return
    order = db.session.scalar(select(Order).where(Order.id == deal.deal_id).with_for_update())
    if order is not None:
        _enter(order, exchange, lines)
    publish_many([_added(exchange, deal, lines), _credited(exchange, deal, lines)])
    if order is not None:
        follow_deal(order, deal_by_id(deal.deal_id))


def _ids(deal: Picture) -> set[UUID]:
    return {line.line_id for line in deal.lines}


def _new_line(exchange: Exchange, old: Line) -> SoldLine:
    quantity = exchange.goods[old.line_id]
    return SoldLine(
        line_id=derived_id("sales.replacement", exchange.compensation_id, old.line_id),
        sku=old.sku,
        name=old.name,
        unit=old.unit,
        quantity=quantity,
        unit_price=old.unit_price,
        amount=old.value(quantity),
        tax=to_money(old.tax * quantity / old.ordered),
    )


def _enter(order: Order, exchange: Exchange, lines: Mapping[UUID, SoldLine]) -> None:
    rows = {row.id: row for row in order.lines}
    for old_id, new in lines.items():
        old = rows[old_id]
        order.lines.append(
            OrderLine(
                id=new.line_id,
                position=len(order.lines) + 1,
                sku=new.sku,
                name=new.name,
                unit=new.unit,
                quantity=new.quantity,
                unit_price=old.unit_price,
                discount_percent=old.discount_percent,
                tax_rate=old.tax_rate,
                amount=new.amount,
                tax=new.tax,
            )
        )
    db.session.add(
        OrderEntry(
            order_id=order.id, at=now(), by=exchange.by, act="replaced", reason=exchange.complaint
        )
    )
    db.session.flush()
    hint("sales.orders", order.number)


def _added(exchange: Exchange, deal: Picture, lines: Mapping[UUID, SoldLine]) -> ReplacementAdded:
    return ReplacementAdded(
        **_about(exchange, deal),
        seller_id=deal.seller_id,
        seller_name=deal.salesperson,
        lines=tuple(lines.values()),
        dues=tuple(_due(step.amount, step.on, step.kind, before=step.before_shipping)
                   for step in deal.dues),
        complaint=exchange.complaint,
        replaces=tuple(
            ReplacedLine(line_id=old, replacement_id=new.line_id) for old, new in lines.items()
        ),
    )  # fmt: skip


def _credited(
    exchange: Exchange, deal: Picture, lines: Mapping[UUID, SoldLine]
) -> ReplacementCredited:
    amount = sum((line.amount for line in lines.values()), ZERO)
    return ReplacementCredited(**_about(exchange, deal), amount=amount, reason=exchange.complaint)


def _about(exchange: Exchange, deal: Picture) -> dict[str, Any]:
    return {
        "deal_id": deal.deal_id,
        "number": deal.number,
        "customer_id": deal.customer_id,
        "customer_name": deal.customer,
        "currency": deal.currency,
        "happened_on": today(),
        "document": exchange.complaint,
        "compensation_id": exchange.compensation_id,
    }


def _due(amount: Decimal, on: Any, kind: str, *, before: bool) -> Due:
    kinds: dict[str, DueKind] = {
        "earnest": "earnest", "prepayment": "prepayment", "instalment": "instalment",
    }  # fmt: skip
    return Due(amount=amount, on=on, before_shipping=before, kind=kinds.get(kind, "balance"))
