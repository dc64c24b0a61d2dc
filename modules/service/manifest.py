"""What service says about itself."""

from flask_babel import lazy_gettext as _l

from core.registry.manifest import Manifest, MenuItem, Panel, Role, SegmentField

MANIFEST = Manifest(
    name="service",
    title=_l("Service"),
    summary=_l("Call-backs after every delivery, complaints until they are answered, warranties."),
    icon="headset",
    order=40,
    permissions={
        "service.work": _l("Call customers back and look after complaints"),
        "service.lead": _l("Approve compensations, close complaints that hold something"),
        "service.set_rules": _l("Set times and limits of complaints"),
    },
    roles={
        "service_member": Role(_l("Service"), ("service.work",)),
        "service_head": Role(
            _l("Head of service"),
            ("service.work", "service.lead", "core.segments", "core.sensitive"),
        ),
    },
    menu=(
        MenuItem(
            _l("Service today"),
            "service.today",
            "service.work",
            "telephone-outbound",
            "modules.service.queries:due_count",
            ("service.tasks",),
        ),
        MenuItem(
            _l("Complaints"),
            "service.complaints",
            "service.work",
            "chat-left-text",
            "modules.service.queries:open_complaint_count",
            ("service.complaints",),
        ),
        MenuItem(
            _l("Warranties"),
            "service.warranties",
            "service.work",
            "shield-check",
            "modules.service.queries:open_claim_count",
            ("service.warranties",),
        ),
        MenuItem(_l("Feedback"), "service.all_feedback", "service.work", "star"),
    ),
    panels=(
        Panel(
            "deal", "service/deal_panel.html", "modules.service.queries:deal_panel", "service.work"
        ),
        Panel(
            "customer_side",
            "service/customer_panel.html",
            "modules.service.queries:customer_panel",
            "service.work",
        ),
        Panel(
            "deal",
            "service/warranty_panel.html",
            "modules.service.queries:deal_warranties",
            "service.work",
        ),
        Panel(
            "customer",
            "service/warranty_panel.html",
            "modules.service.queries:customer_warranties",
            "service.work",
        ),
        Panel(
            "call",
            "service/warranty_call.html",
            "modules.service.queries:warranties_that_run",
            "service.work",
        ),
    ),
    segment_fields=(
        SegmentField(
            "service.open_complaints",
            _l("Open complaints"),
            "number",
            "modules.service.remembering.segments:open_complaints",
        ),
        SegmentField(
            "service.last_call",
            _l("Last call"),
            "date",
            "modules.service.remembering.segments:last_call",
        ),
    ),
    timeline={
        "service.complaint_opened": "modules.service.telling:complaint_opened",
        "service.complaint_closed": "modules.service.telling:complaint_closed",
        "service.complaint_advanced": "modules.service.telling:complaint_advanced",
        "service.customer_complained": "modules.service.telling:customer_complained",
        "service.customer_answered": "modules.service.telling:customer_answered",
        "service.compensation_agreed": "modules.service.telling:compensation_agreed",
        "service.compensation_carried_out": "modules.service.telling:compensation_carried_out",
        "service.repeat_requested": "modules.service.telling:repeat_requested",
        "service.follow_up_done": "modules.service.telling:follow_up_done",
        "service.feedback_given": "modules.service.telling:feedback_given",
        "service.warranty_registered": "modules.service.telling:warranty_registered",
    },
    loses=_l(
        "No call-backs are planned and no complaints can be recorded until it is on again; "
        "what was delivered meanwhile is planned then."
    ),
)
