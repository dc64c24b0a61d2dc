"""What sales adds to the pages of a customer and of a deal."""

from typing import Any
from uuid import UUID

from core.deals.picture import Picture
from modules.sales.queries.listing import orders
from modules.sales.queries.records import entries, order_or_none


def customer_panel(customer_id: UUID) -> dict[str, Any] | None:
    """Return a customer's open quotations, for her card; her deals are shown there already."""
    found = orders(stage="quotation", customer_id=customer_id, limit=8)
    return {"quotations": found.items}


def deal_panel(picture: Picture) -> dict[str, Any] | None:
    """Return what sales adds to a deal's page; None when another module has sold it."""
    row = order_or_none(picture.number)
    return None if row is None else {"order": row, "told": entries(row.id)}
