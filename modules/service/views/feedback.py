"""Feedback: the page behind a link, which needs no account, and what was answered."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError
from core.people.identity import public, requires
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.queries import feedback as queries
from modules.service.schemas.feedback import AnswerForm
from modules.service.services import asking
from modules.service.services.feedback import MOST_NPS, Answer, give
from modules.service.services.feedback_links import invite, link_of
from modules.service.views.base import bp, public_bp


@public_bp.get("/f/<token>")
@public
def feedback(token: str) -> ResponseReturnValue:
    """Ask how content she is, or show what she said; opening the page answers nothing."""
    return _page(token, blank_form(_said(token)))


@public_bp.post("/f/<token>")
@public
def send_feedback(token: str) -> ResponseReturnValue:
    """Keep the answer."""
    form = read_form(AnswerForm())
    if form.ok:
        try:
            give(token, Answer(**form.data), request.remote_addr or "")
        except DomainError as refusal:
            page, _status = _page(token, form.refuse(refusal))
            return page, refusal.status
        return render_template("service/public_answered.html", token=token)
    return _page(token, form)


@bp.get("/feedback")
@requires("service.work")
def all_feedback() -> str:
    """Show what was answered, and the means of months and people."""
    return render_template(
        "service/feedback.html",
        page=queries.feedback(after=request.args.get("after")),
        months=queries.by_month(),
        people=queries.by_person(),
        enough=queries.ENOUGH,
        nps=queries.nps(),
        enough_for_nps=queries.ENOUGH_FOR_NPS,
    )


@bp.post("/feedback/links/<uuid:customer_id>")
@requires("service.work")
def make_link(customer_id: UUID) -> ResponseReturnValue:
    """Make a link to be sent to a customer, and show it once."""
    url = url_for("service_public.feedback", token=invite(customer_id), _external=True)
    flash(_("Send her this link; it is shown only now: %(url)s", url=url), "good")
    return redirect(url_for("customers.record", customer_id=customer_id), 303)


@bp.post("/tasks/<uuid:task_id>/feedback-link")
@requires("service.work")
def give_link(task_id: UUID) -> ResponseReturnValue:
    """Make the link that a task asks to give her, and show it once."""
    try:
        url = url_for("service_public.feedback", token=asking.give_link(task_id), _external=True)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(_("Send her this link; it is shown only now: %(url)s", url=url), "good")
    return redirect(url_for("tasks.record", task_id=task_id), 303)


def _said(token: str) -> dict[str, str]:
    """Return what she said before, so that it can be amended."""
    try:
        said = queries.answered(link_of(token).id)
    except DomainError:
        return {}
    if said is None:
        return {}
    return {"text": said.text, "nps": "" if said.nps is None else str(said.nps)}


def _page(token: str, form: Form) -> tuple[str, int]:
    try:
        link = link_of(token)
    except DomainError as refusal:
        form.refuse(refusal)
        return render_template("service/public_feedback.html", form=form, link=None), refusal.status
    scale = [(number, number) for number in range(MOST_NPS + 1)]
    page, status = answer("service/public_feedback.html", form, link=link, token=token, scale=scale)
    return page, status
