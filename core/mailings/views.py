"""Screens of mailings: choose what is said, see who gets it and who does not, and send."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError
from core.mailings import labels, queries, services
from core.mailings.models import Mailing
from core.mailings.schemas import MailingForm
from core.messages import labels as ways
from core.messages.composing import Draft, wording_of, written_in
from core.messages.errors import TemplateNotFound
from core.messages.settings import settings
from core.messages.wordings import template_named, templates, titled
from core.people import requires
from core.segments.models import Segment
from core.segments.queries import conditions_of, count, segment
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("mailings", __name__, url_prefix="/mailings", template_folder="templates")
PAGE = 50
Act = Callable[[UUID], Mailing]


@bp.get("")
@requires("core.messages")
def index() -> str:
    """List mailings, newest first."""
    page = queries.mailings(PAGE, request.args.get("after"))
    return render_template("mailings/list.html", page=page, labels=labels, ways=ways)


@bp.get("/to/<uuid:segment_id>")
@requires("core.messages")
@requires("core.segments")
def new(segment_id: UUID) -> ResponseReturnValue:
    """Choose a template, and see what the first customers of the segment would get."""
    chosen = request.args.get("template", "")
    return _page(blank_form({"template": chosen}), segment(segment_id))


@bp.post("/to/<uuid:segment_id>")
@requires("core.messages")
@requires("core.segments")
def prepare(segment_id: UUID) -> ResponseReturnValue:
    """Settle who is meant, and count who gets it."""
    form = read_form(MailingForm())
    key = f"screen:{request.form.get('idempotency_key', '')}"
    try:
        row = services.prepare(segment_id, form.value("template"), key=key)
    except TemplateNotFound:
        form.errors["template"] = [_("Choose one from the list.")]
    except DomainError as refusal:
        form.refuse(refusal)
    else:
        return redirect(url_for("mailings.record", mailing_id=row.id), 303)
    return _page(form, segment(segment_id))


@bp.get("/<uuid:mailing_id>")
@requires("core.messages")
def record(mailing_id: UUID) -> str:
    """Show a mailing: who gets it, who does not and why, and how far it has come."""
    row = queries.mailing(mailing_id)
    why = request.args.get("why")
    return render_template(
        "mailings/record.html",
        row=row,
        counts=queries.counts(row),
        page=queries.left_out(row, why, PAGE, request.args.get("after")),
        why=why,
        drafts=_drafts_of(row),
        opens=settings().opens,
        closes=settings().closes,
        night=services.waits_for_morning(row),
        labels=labels,
        ways=ways,
    )


@bp.post("/<uuid:mailing_id>/send")
@requires("core.messages")
def send(mailing_id: UUID) -> ResponseReturnValue:
    """Send it, or go on after a stop."""
    return _acted(mailing_id, services.send, _("It is being sent. You may leave this page."))


@bp.post("/<uuid:mailing_id>/stop")
@requires("core.messages")
def stop(mailing_id: UUID) -> ResponseReturnValue:
    """Write to nobody else for now."""
    return _acted(mailing_id, services.stop, _("Stopped. What was sent stays sent."))


def _acted(mailing_id: UUID, act: Act, said: str) -> ResponseReturnValue:
    try:
        act(mailing_id)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(said, "good")
    return redirect(url_for("mailings.record", mailing_id=mailing_id), 303)


def _drafts_of(row: Mailing) -> Sequence[Draft]:
    """Return what the first customers get; nothing when the segment cannot be read any more."""
    if row.sent_at is not None:
        return ()
    try:
        return queries.first_drafts(row.segment_id, services.words_of(row))
    except DomainError:
        return ()


def _page(form: Form, chosen: Segment) -> ResponseReturnValue:
    drafts: Sequence[Draft] = ()
    number: int | None = None
    try:
        number = count(chosen.match, conditions_of(chosen))
        if form.value("template"):
            wording = wording_of(template_named(form.value("template")), written_in())
            drafts = queries.first_drafts(chosen.id, wording)
    except TemplateNotFound:
        form.errors["template"] = [_("Choose one from the list.")]
    except DomainError as refusal:
        form.refuse(refusal)
    options = [
        (str(one.id), f"{titled(one)} · {ways.CHANNELS[one.channel]} · {ways.KINDS[one.kind]}")
        for one in templates()
    ]
    return answer(
        "mailings/new.html", form, segment=chosen, count=number, drafts=drafts, options=options
    )
