"""Complaints: the list, the form that asks little first, and the page of one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers.queries import customer as customer_card
from core.deals.queries import by_ids, deal_id
from core.errors import DomainError
from core.people.identity import current_person, requires
from core.registry.switchboard import is_on
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.models import Complaint
from modules.service.models.complaints import STATES
from modules.service.queries.complaints import (
    Sought,
    compensations,
    complaint,
    complaint_counts,
    complaints,
    late_count,
)
from modules.service.queries.limits import limit_of
from modules.service.queries.others import others
from modules.service.schemas.complaints import NewComplaintSchema
from modules.service.services import complaints as services
from modules.service.views.base import bp
from modules.service.views.words import STEP_ICONS, history, progress, words

#: Filters that are shown as chips, each with the words of its values.
_CHIPS = {"kind": "kinds", "cause": "causes", "department": "departments"}


@bp.get("/complaints", endpoint="complaints")
@requires("service.work")
def complaint_list() -> ResponseReturnValue:
    """List complaints by their step, newest first."""
    sought = _sought(request.args)
    return render_template(
        "service/complaints.html",
        page=complaints(sought, after=request.args.get("after")),
        sought=sought,
        chosen=_chosen(sought),
        counts=complaint_counts(sought),
        late=late_count(),
    )


@bp.get("/complaints/new")
@requires("service.work")
def new_complaint() -> ResponseReturnValue:
    """Show the form for a complaint, about the order it was opened from."""
    customer = request.args.get("customer", "")
    order = request.args.get("order", "")
    return _new_page(blank_form({"order": order, "customer_id": customer, "holds": "none"}))


@bp.post("/complaints/new")
@requires("service.work")
def record_complaint() -> ResponseReturnValue:
    """Record a complaint."""
    form = read_form(NewComplaintSchema())
    if form.ok:
        try:
            made = _record(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Complaint %(number)s is recorded.", number=made.number), "good")
            return redirect(url_for("service.complaint", complaint_id=made.id), 303)
    return _new_page(form)


@bp.get("/complaints/<uuid:complaint_id>", endpoint="complaint")
@requires("service.work")
def show_complaint(complaint_id: UUID) -> ResponseReturnValue:
    """Show a complaint with the step it is in, and what was done."""
    return complaint_page(complaint(complaint_id), blank_form(_presets(complaint(complaint_id))))


def complaint_page(found: Complaint, form: Form) -> tuple[str, int]:
    """Return the page of a complaint; the form of its step as it was sent."""
    picture = by_ids([found.deal_id]).get(found.deal_id) if found.deal_id else None
    offers = compensations(found.id)
    return answer(
        "service/complaint.html",
        form,
        complaint=found,
        picture=picture,
        lines={str(line.line_id): line for line in picture.lines} if picture else {},
        offers=offers,
        missing={part.department for one in offers for part in one.parts
                 if part.done_at is None and not is_on(part.department)},
        limit=limit_of(current_person()),
        me=current_person().id,
        told=history(found),
        steps=progress(found),
        step_icons=STEP_ICONS,
        others=others(found, limit=6),
    )  # fmt: skip


def _presets(found: Complaint) -> dict[str, object]:
    lines = []
    if found.state == "propose" and found.deal_id:
        picture = by_ids([found.deal_id])[found.deal_id]
        lines = [
            {"line_id": line.line_id, "quantity": ""}
            for line in picture.lines
            if line.with_customer > 0
        ]
    return {
        "kind": found.kind or "none",
        "line_id": found.line_id or "",
        "lot": found.lot,
        "serial": found.serial,
        "department": found.department,
        "agreed": "true",
        "lines": lines,
    }


def _sought(args: Mapping[str, str]) -> Sought:
    asked = args.get("state", "open")
    mine = current_person().id if args.get("mine") else None
    names = ("kind", "cause", "department", "sku", "month", "q")
    narrowed: dict[str, Any] = {name: args.get(name, "").strip() for name in names}
    return Sought(
        state=asked if asked in STATES or asked == "open" else "",
        late=bool(args.get("late")),
        answerable_id=mine,
        **narrowed,
    )


def _chosen(sought: Sought) -> dict[str, str]:
    """Return the filters in force, by name, in words."""
    known = words()
    found = {
        name: known[titles].get(value, value)
        for name, titles in _CHIPS.items()
        if (value := getattr(sought, name))
    }
    found |= {name: value for name in ("sku", "month", "q") if (value := getattr(sought, name))}
    if sought.late:
        found["late"] = _("Late")
    if sought.answerable_id is not None:
        found["mine"] = _("Mine")
    return found


def _record(form: Form) -> Complaint:
    data = form.data
    if data["order"]:
        about = deal_id(data["order"])
        return services.complain_about_order(
            about, data["text"], data["holds"], safety=data["safety"]
        )
    return services.complain(
        data["customer_id"], data["text"], data["holds"], safety=data["safety"]
    )


def _new_page(form: Form) -> ResponseReturnValue:
    return answer("service/new_complaint.html", form, shown=_name_of(form.value("customer_id")))


def _name_of(customer_id: str) -> str:
    try:
        return customer_card(UUID(customer_id)).name if customer_id else ""
    except (ValueError, DomainError):
        return ""
