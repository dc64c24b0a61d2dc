"""Sales' entry in the registry."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel, Role

MANIFEST = Manifest(
    name="sales",
    title=_l("Sales"),
    summary=_l("Quotations and orders: what was sold to whom, at what price and for which day."),
    icon="receipt",
    order=10,
    permissions={
        "sales.sell": _l("Write quotations and take orders"),
        "sales.approve": _l("Approve discounts and see what everybody sells"),
    },
    roles={
        "sales_member": Role(_l("Salesperson"), ("sales.sell",)),
        "sales_head": Role(
            _l("Head of sales"),
            (
                "sales.sell",
                "sales.approve",
                "core.segments",
                "core.export",
                "core.sensitive",
            ),
        ),
    },
    menu=(
        MenuItem(
            _l("Orders"),
            "sales.orders",
            "sales.sell",
            "receipt",
            "modules.sales.queries:open_order_count",
            ("sales.orders", "deals"),
        ),
        MenuItem(_l("Pipeline"), "sales.board", "sales.sell", "kanban"),
    ),
    panels=(
        Panel(
            "customer",
            "sales/customer_panel.html",
            "modules.sales.queries:customer_panel",
            "sales.sell",
        ),
        Panel("deal", "sales/deal_panel.html", "modules.sales.queries:deal_panel", "sales.sell"),
    ),
    loses=_l(
        "Nobody can write quotations, take, change or cancel orders. "
        "Orders taken so far stay visible to the other departments."
    ),
)
