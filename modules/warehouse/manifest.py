"""What the warehouse adds to the company."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel, Role

_WORK = "warehouse.work"

MANIFEST = Manifest(
    name="warehouse",
    title=_l("Warehouse"),
    summary=_l("Stock by lot and serial number; what to ship, what arrived and what came back."),
    icon="box-seam",
    order=30,
    permissions={
        _WORK: _l("Ship, receive and take back goods"),
        "warehouse.release": _l("Let goods leave although something holds them"),
    },
    roles={
        "warehouse_member": Role(_l("Warehouse worker"), (_WORK,)),
        "warehouse_head": Role(_l("Head of warehouse"), (_WORK, "warehouse.release")),
    },
    menu=(
        MenuItem(
            _l("To ship"),
            "warehouse.home",
            _WORK,
            "truck",
            "modules.warehouse.queries.shipments:due_count",
            ("warehouse.shipments",),
        ),
        MenuItem(_l("Board"), "warehouse.board", _WORK, "kanban"),
        MenuItem(_l("Stock"), "warehouse.stock", _WORK, "boxes"),
        MenuItem(_l("Stock journal"), "warehouse.journal", _WORK, "journal-text"),
    ),
    panels=(
        Panel(
            "deal",
            "warehouse/deal_panel.html",
            "modules.warehouse.queries.panels:of_deal",
            None,
        ),
        Panel(
            "product",
            "warehouse/product_panel.html",
            "modules.warehouse.queries.panels:of_product",
            _WORK,
        ),
    ),
    checks=("modules.warehouse.queries.stock:imbalance",),
    loses=_l(
        "Nobody can ship, receive or take back goods, and nobody sees what is in stock. What is "
        "sold meanwhile waits and is listed when the warehouse is switched on again."
    ),
)
