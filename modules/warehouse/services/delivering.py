"""Confirm that goods arrived."""

from decimal import Decimal
from uuid import UUID

from bus import publish
from core.clock import today
from core.db import db
from core.deals.locking import lock
from core.deals.picture import Picture
from core.text import tidy
from modules.warehouse.errors import AlreadyDelivered, ChangedMeanwhile, NotShippedYet
from modules.warehouse.events import GoodsDelivered
from modules.warehouse.models import DELIVERED, OPEN, RETURNED, Handover, Shipment
from modules.warehouse.queries.contents import goods_under_way
from modules.warehouse.queries.shipments import of_deal, shipment
from modules.warehouse.services.signing import signed


def deliver(shipment_id: UUID, *, received_by: str = "") -> Handover:
    """Confirm that a shipment is in the customer's hands.

    Raises:
        NotShippedYet, AlreadyDelivered: when it is at another stage.
        ChangedMeanwhile: when goods of the deal came back in the same moment.
    """
    arriving = shipment(shipment_id)
    picture = lock([arriving.deal_id])[arriving.deal_id]
    _refuse_delivery(arriving, picture)
    handover = Handover(
        shipment_id=shipment_id,
        deal_id=picture.deal_id,
        received_by=tidy(received_by)[:120],
        **signed(),
    )
    db.session.add(handover)
    publish(
        GoodsDelivered(
            deal_id=picture.deal_id,
            number=picture.number,
            customer_id=picture.customer_id,
            customer_name=picture.customer,
            currency=picture.currency,
            happened_on=today(),
            document=arriving.document,
            lines=goods_under_way(arriving),
            shipment_id=shipment_id,
        )
    )
    return handover


def _refuse_delivery(arriving: Shipment, picture: Picture) -> None:
    if arriving.state == OPEN:
        raise NotShippedYet
    handed_over = db.session.get(Handover, arriving.id) is not None
    if arriving.state == DELIVERED or handed_over:
        raise AlreadyDelivered
    came_back = sum((line.returned for line in picture.lines), Decimal(0))
    known = sum(
        (line.returned for row in of_deal(picture.deal_id) for line in row.lines), Decimal(0)
    )
    # The list of shipments may lag behind a return that was committed a moment ago.
    if arriving.state == RETURNED or came_back != known:
        raise ChangedMeanwhile
