"""What can be looked up about orders: each beside its deal, true at every commit."""

from modules.sales.queries.figures import (
    late_count,
    open_order_count,
    sold_by_person,
    sold_by_week,
)
from modules.sales.queries.listing import ListedOrder, orders, stage_counts
from modules.sales.queries.panels import customer_panel, deal_panel
from modules.sales.queries.records import (
    entries,
    has_deal,
    line_prices,
    order,
    order_or_none,
    stage,
)
from modules.sales.queries.stages import OPEN_STAGES, ORDER_STAGES

__all__ = [
    "OPEN_STAGES",
    "ORDER_STAGES",
    "ListedOrder",
    "customer_panel",
    "deal_panel",
    "entries",
    "has_deal",
    "late_count",
    "line_prices",
    "open_order_count",
    "order",
    "order_or_none",
    "orders",
    "sold_by_person",
    "sold_by_week",
    "stage",
    "stage_counts",
]
