"""What the warehouse shows on the core's pages of a deal and of a product."""

from typing import Any

from core.deals.queries import Picture
from core.products.queries import product
from modules.warehouse.models import OPEN
from modules.warehouse.queries import shipments, stock
from modules.warehouse.queries.cards import cards
from modules.warehouse.queries.expected import of_deal as of_promises


def of_deal(picture: Picture) -> dict[str, Any] | None:
    """Return the shipments of a deal, the open one first; nothing for settled history."""
    rows = shipments.of_deal(picture.deal_id)
    if picture.historical and not rows:
        return None
    newest_first = sorted(rows, key=lambda row: (row.state != OPEN, -row.position))
    return {"cards": cards(newest_first), "coming": of_promises(picture.deal_id)}


def of_product(sku: str) -> dict[str, Any]:
    """Return what lies where of a product."""
    items = stock.stock_items(sku=sku, limit=20)
    return {"on_hand": stock.on_hand_of(product(sku)), "items": items.items}
