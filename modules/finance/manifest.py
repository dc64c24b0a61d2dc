"""What finance adds to the company."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel, Role, SegmentField

_TOPICS = ("finance.receivables",)

MANIFEST = Manifest(
    name="finance",
    title=_l("Finance"),
    summary=_l("Receivables, payments at the counter, invoices, refunds and customers' credit."),
    icon="cash-coin",
    order=20,
    permissions={
        "finance.collect": _l("See receivables and take payments"),
        "finance.invoice": _l("Issue invoices"),
        "finance.refund": _l("Give money back"),
        "finance.write_off": _l("Write off what will not be paid"),
        "finance.set_rules": _l("Set the rules of finance"),
    },
    roles={
        "finance_member": Role(
            _l("Finance clerk"), ("finance.collect", "finance.invoice", "finance.refund")
        ),
        "finance_head": Role(
            _l("Head of finance"),
            (
                "finance.collect",
                "finance.invoice",
                "finance.refund",
                "finance.write_off",
                "finance.set_rules",
            ),
        ),
    },
    menu=(
        MenuItem(_l("Counter"), "finance.counter", "finance.collect", "cash-coin"),
        MenuItem(
            _l("Receivables"),
            "finance.receivables",
            "finance.collect",
            "hourglass-split",
            "modules.finance.queries.receivables:overdue_count",
            _TOPICS,
        ),
        MenuItem(_l("Payments"), "finance.payments", "finance.collect", "wallet2"),
        MenuItem(_l("Invoices"), "finance.invoices", "finance.invoice", "receipt"),
    ),
    panels=(
        Panel("deal", "finance/deal_panel.html", "modules.finance.queries.panels:of_deal", None),
        Panel(
            "customer",
            "finance/customer_panel.html",
            "modules.finance.queries.panels:of_customer",
            None,
        ),
    ),
    checks=("modules.finance.queries.checks:difference",),
    segment_fields=(
        SegmentField(
            "finance.overdue",
            _l("Overdue amount"),
            "money",
            "modules.finance.queries.segments:overdue",
        ),
    ),
    loses=_l(
        "Nobody can take payments, give money back or issue invoices. Goods that wait for a "
        "deposit stay held; the head of warehouse may release them with a reason."
    ),
)
