"""What the core itself contributes to the menu."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel

_FACTS = (
    *("sold", "cancelled", "shipped", "delivered", "returned", "invoiced", "credited", "paid"),
    *("refunded", "written_off", "concern_raised", "concern_settled"),
)

MANIFEST = Manifest(
    name="core",
    title=_l("Company"),
    summary=_l("Customers, products and tasks: what every department shares."),
    order=0,
    menu=(
        MenuItem(
            _l("Tasks"),
            "tasks.index",
            None,
            "check2-square",
            "core.tasks.queries:my_open_count",
            ("tasks",),
        ),
        MenuItem(_l("Deals"), "deals.index", "core.deals", "receipt-cutoff"),
        MenuItem(_l("Customers"), "customers.index", "core.deals", "people"),
        MenuItem(_l("Calls"), "calls.index", "core.edit_customers", "telephone-inbound"),
        MenuItem(_l("Messages"), "messages.index", "core.send_messages", "chat-dots"),
        MenuItem(_l("Segments"), "segments.index", "core.segments", "funnel"),
        MenuItem(_l("Products"), "products.index", None, "box-seam"),
    ),
    panels=(
        Panel("customer", "grades/customer_panel.html", "core.grades.queries:customer_panel", None),
        Panel(
            "customer", "messages/_card.html", "core.messages.views:on_card", "core.send_messages"
        ),
    ),
    timeline={
        **{f"deals.{fact}": f"core.timeline.facts:{fact}" for fact in _FACTS},
        "calls.call_received": "core.calls.telling:call_received",
        "customers.card_changed": "core.customers.telling:card_changed",
        "customers.graded": "core.grades.telling:graded",
        "customers.merged": "core.customers.telling:merged",
        "customers.unmerged": "core.customers.telling:unmerged",
        "messages.consent_changed": "core.messages.telling:consent_changed",
        "messages.message_sent": "core.messages.telling:message_sent",
        "tasks.task_done": "core.tasks.telling:task_done",
    },
)

ADMINISTRATION = Manifest(
    name="administration",
    title=_l("Administration"),
    summary=_l("Modules, people and data."),
    order=1000,
    menu=(
        MenuItem(_l("Our company"), "letterhead.show", "core.administer", "building"),
        MenuItem(_l("Modules"), "modules.index", "core.administer", "toggles"),
        MenuItem(_l("Bus"), "bus.index", "core.administer", "diagram-3"),
        MenuItem(_l("Promises"), "promises.index", "core.promises", "bell"),
        MenuItem(_l("Grades"), "grades.index", "core.grades", "award"),
        MenuItem(_l("People"), "people.index", "core.administer", "person-badge"),
        MenuItem(_l("Who looked at what"), "trail.index", "core.trail", "eye"),
        MenuItem(
            _l("Import"),
            "imports.index",
            None,
            "upload",
            allowed="core.imports.importer:may_import_something",
        ),
    ),
)
