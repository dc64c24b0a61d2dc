"""Who else got the same goods."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from core.errors import DomainError
from core.people.identity import requires
from core.web.forms import read_form
from modules.service.queries.complaints import complaint
from modules.service.queries.others import others
from modules.service.schemas.steps import AskOthersSchema
from modules.service.services.complaints import ask_others
from modules.service.views.base import bp


@bp.get("/complaints/<uuid:complaint_id>/others", endpoint="others")
@requires("service.work")
def list_others(complaint_id: UUID) -> ResponseReturnValue:
    """List who else has goods of the same lot or product."""
    found = complaint(complaint_id)
    return render_template("service/others.html", complaint=found, others=others(found))


@bp.post("/complaints/<uuid:complaint_id>/others", endpoint="ask_others")
@requires("service.work")
def ask_all(complaint_id: UUID) -> ResponseReturnValue:
    """Make a task for everybody who was not asked yet."""
    form = read_form(AskOthersSchema())
    try:
        made = ask_others(complaint_id, **form.data)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(
            ngettext(
                "%(num)s customer is to be asked.", "%(num)s customers are to be asked.", made
            ),
            "good",
        )
    return redirect(url_for("service.others", complaint_id=complaint_id), 303)
