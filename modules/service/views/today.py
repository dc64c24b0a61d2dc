"""Whom to call today."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError
from core.people.identity import requires
from modules.service.queries.complaints import late_count, open_complaint_count
from modules.service.queries.follow_ups import due, due_count
from modules.service.services.repeat_orders import request_repeat
from modules.service.views.base import bp


@bp.get("")
@requires("service.work")
def today() -> ResponseReturnValue:
    """Show whom to call today, the overdue first, or on the days to come."""
    later = request.args.get("scope") == "later"
    return render_template(
        "service/today.html",
        page=due(later=later, after=request.args.get("after")),
        is_later=later,
        due=due_count(),
        due_later=due_count(later=True),
        open_complaints=open_complaint_count(),
        late_complaints=late_count(),
    )


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
