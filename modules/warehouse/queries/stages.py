"""At which stage a shipment stands, asked of the database so that lists can page and count.

Money and worries are read from the core's deals, which are true at every commit.
"""

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from core.clock import today
from core.deals.models import Deal, DealConcern, DealDue
from modules.warehouse.models import DELIVERED, OPEN, SHIPPED, Shipment, ShipmentLine, Stock

READY, HELD, SHORT, ON_THE_WAY, DONE = "ready", "held", "short", "on_the_way", "delivered"
#: Every open shipment, whether or not it may leave.
TO_SHIP = "to_ship"
STAGES = (TO_SHIP, READY, HELD, SHORT, ON_THE_WAY, DONE)


def condition(stage: str) -> ColumnElement[bool]:
    """Return what is true of the shipments of a stage."""
    is_open = Shipment.state == OPEN
    found: dict[str, ColumnElement[bool]] = {
        TO_SHIP: is_open,
        HELD: and_(is_open, held()),
        SHORT: and_(is_open, not_(held()), short()),
        READY: and_(is_open, not_(held()), not_(short())),
        ON_THE_WAY: Shipment.state == SHIPPED,
        DONE: Shipment.state == DELIVERED,
    }
    return found[stage]


def held() -> ColumnElement[bool]:
    """Whether money that must come first, or a worry, keeps it here."""
    return or_(_deposit_open(), _worried())


def _deposit_open() -> ColumnElement[bool]:
    """Money settles the plan in its order: a deposit is open while less came than up to it."""
    before = DealDue.__table__.alias("due_before")
    up_to = (
        select(func.sum(before.c.amount))
        .where(before.c.deal_id == DealDue.deal_id, before.c.position <= DealDue.position)
        .scalar_subquery()
    )
    return exists(
        select(DealDue.deal_id)
        .join(Deal, Deal.id == DealDue.deal_id)
        .where(
            DealDue.deal_id == Shipment.deal_id,
            DealDue.before_shipping,
            DealDue.amount > 0,
            up_to > Deal.received - Deal.refunded,
        )
        .correlate(Shipment)
    )


def _worried() -> ColumnElement[bool]:
    return exists(
        select(DealConcern.deal_id)
        .where(
            DealConcern.deal_id == Shipment.deal_id,
            DealConcern.holds == "shipping",
            DealConcern.settled_at.is_(None),
        )
        .correlate(Shipment)
    )


def short() -> ColumnElement[bool]:
    """Something of it is not there in full."""
    there = (
        select(Stock.sku, func.sum(Stock.quantity).label("quantity"))
        .where(or_(Stock.expires_on.is_(None), Stock.expires_on >= today()))
        .group_by(Stock.sku)
        .subquery()
    )
    return exists(
        select(ShipmentLine.line_id)
        .outerjoin(there, there.c.sku == ShipmentLine.sku)
        .where(
            ShipmentLine.shipment_id == Shipment.id,
            ShipmentLine.quantity > func.coalesce(there.c.quantity, 0),
        )
        .correlate(Shipment)
    )
