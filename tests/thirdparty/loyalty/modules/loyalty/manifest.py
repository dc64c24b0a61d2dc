"""What loyalty says about itself."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel, Role

MANIFEST = Manifest(
    name="loyalty",
    title=_l("Loyalty"),
    summary=_l("Points for what customers pay, and vouchers to give away."),
    icon="gift",
    order=60,
    permissions={"loyalty.reward": _l("Sell vouchers and redeem points")},
    roles={"loyalty_member": Role(_l("Loyalty clerk"), ("loyalty.reward",))},
    menu=(
        MenuItem(
            _l("Points"),
            "loyalty.points",
            "loyalty.reward",
            "gift",
            "modules.loyalty.queries:collector_count",
            ("loyalty.points",),
        ),
    ),
    panels=(
        Panel(
            "customer",
            "loyalty/customer_panel.html",
            "modules.loyalty.queries:customer_panel",
            "loyalty.reward",
        ),
    ),
    loses=_l("No points are counted; what is paid meanwhile is counted when it is on again."),
)
