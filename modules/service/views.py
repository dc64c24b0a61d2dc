"""Screens of service: whom to call today, and complaints."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers.queries import customer as customer_card
from core.deals.queries import by_ids, deal_id
from core.errors import DomainError
from core.people.identity import requires
from core.web.forms import Form, answer, blank_form, read_form
from modules.service import queries
from modules.service.models import Complaint
from modules.service.schemas import AnswerSchema, CloseSchema, NewComplaintSchema
from modules.service.services import complaints as services
from modules.service.services.repeat_orders import request_repeat

bp = Blueprint("service", __name__, url_prefix="/service", template_folder="templates")


@bp.get("")
@requires("service.work")
def today() -> ResponseReturnValue:
    """Show whom to call today, the overdue first, or on the days to come."""
    later = request.args.get("scope") == "later"
    return render_template(
        "service/today.html",
        page=queries.due(later=later, after=request.args.get("after")),
        is_later=later,
        due=queries.due_count(),
        due_later=queries.due_count(later=True),
        complaints=queries.complaint_counts(),
    )


@bp.get("/complaints")
@requires("service.work")
def complaints() -> ResponseReturnValue:
    """List complaints by their state, newest first."""
    asked = request.args.get("state", "")
    state = asked if asked in queries.STATES else None
    page = queries.complaints(state=state, after=request.args.get("after"))
    counts = queries.complaint_counts()
    return render_template("service/complaints.html", page=page, state=state, counts=counts)


@bp.get("/complaints/new")
@requires("service.work")
def new_complaint() -> ResponseReturnValue:
    """Show the form for a complaint, about the order it was opened from."""
    form = blank_form(
        {
            "order": request.args.get("order", ""),
            "customer_id": request.args.get("customer", ""),
            "holds": "none",
        }
    )
    return _new_page(form)


@bp.post("/complaints/new")
@requires("service.work")
def record_complaint() -> ResponseReturnValue:
    """Record a complaint."""
    form = read_form(NewComplaintSchema())
    made = _try(form, lambda: _record(form))
    if made is None:
        return _new_page(form)
    flash(_("Complaint %(number)s is recorded.", number=made.number), "good")
    return redirect(url_for("service.complaint", complaint_id=made.id), 303)


@bp.get("/complaints/<uuid:complaint_id>")
@requires("service.work")
def complaint(complaint_id: UUID) -> ResponseReturnValue:
    """Show a complaint and what was done."""
    return _complaint_page(complaint_id, blank_form())


@bp.post("/complaints/<uuid:complaint_id>/answer")
@requires("service.work")
def answer_complaint(complaint_id: UUID) -> ResponseReturnValue:
    """Keep what the customer was told."""
    form = read_form(AnswerSchema())
    if _try(form, lambda: services.answer(complaint_id, form.data["text"])) is None:
        return _complaint_page(complaint_id, form)
    flash(_("The answer is kept."), "good")
    return redirect(url_for("service.complaint", complaint_id=complaint_id), 303)


@bp.post("/complaints/<uuid:complaint_id>/close")
@requires("service.work")
def close_complaint(complaint_id: UUID) -> ResponseReturnValue:
    """Close a complaint that was answered."""
    form = read_form(CloseSchema())
    if _try(form, lambda: services.close(complaint_id, form.data["text"])) is None:
        return _complaint_page(complaint_id, form)
    flash(_("The complaint is closed."), "good")
    return redirect(url_for("service.complaint", complaint_id=complaint_id), 303)


@bp.post("/tasks/<uuid:task_id>/repeat-order")
@requires("service.work")
def repeat_order(task_id: UUID) -> ResponseReturnValue:
    """She wants the same again: the reminder is done, and sales writes the order."""
    try:
        request_repeat(task_id)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(_("Sales has it: the quotation is being written."), "good")
    return redirect(url_for("tasks.record", task_id=task_id), 303)


def _record(form: Form) -> Complaint:
    data = form.data
    if data["order"]:
        about = deal_id(data["order"])
        return services.complain_about_order(about, data["text"], data["holds"])
    return services.complain(data["customer_id"], data["text"], data["holds"])


def _try(form: Form, act: Callable[[], Complaint]) -> Complaint | None:
    """Do it; None, with the reason in the form, when it cannot be done."""
    if not form.ok:
        return None
    try:
        return act()
    except DomainError as refusal:
        form.refuse(refusal)
        return None


def _new_page(form: Form) -> ResponseReturnValue:
    customer = form.value("customer_id")
    return answer("service/new_complaint.html", form, shown=_name_of(customer))


def _name_of(customer_id: str) -> str:
    try:
        return customer_card(UUID(customer_id)).name if customer_id else ""
    except (ValueError, DomainError):
        return ""


def _complaint_page(complaint_id: UUID, form: Form) -> ResponseReturnValue:
    found = queries.complaint(complaint_id)
    picture = by_ids([found.deal_id]).get(found.deal_id) if found.deal_id else None
    return answer("service/complaint.html", form, complaint=found, picture=picture)
