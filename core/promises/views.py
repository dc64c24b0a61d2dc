"""Screens of promises: which there are, what each asks for, and what it would have asked for."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError, InvalidInput
from core.people import requires
from core.promises import queries, services
from core.promises.errors import PromiseNotFound
from core.promises.forms import entered, form_of, refused
from core.promises.kinds import PromiseKind, kinds_on
from core.promises.queries import Shown
from core.promises.schemas import PromiseForm
from core.promises.settings import GRADES, checked
from core.promises.story import story
from core.promises.trial import DAYS, try_out
from core.web.forms import Form, answer, read_form

bp = Blueprint("promises", __name__, url_prefix="/promises", template_folder="templates")


@bp.get("")
@requires("core.promises")
def index() -> str:
    """List the promises, kind by kind."""
    return render_template("promises/list.html", promises=queries.promises(), kinds=kinds_on())


@bp.get("/new/<kind_name>")
@requires("core.promises")
def new(kind_name: str) -> ResponseReturnValue:
    """Show the form of another promise of a kind."""
    kind = _kind(kind_name)
    return _page(kind, form_of(kind, "", kind.preset_settings()))


@bp.post("/new/<kind_name>")
@requires("core.promises")
def create(kind_name: str) -> ResponseReturnValue:
    """Make another promise; it is off until it was tried."""
    kind = _kind(kind_name)
    form = read_form(PromiseForm())
    if form.ok:
        try:
            row = services.make(kind.name, form.data["name"], entered(kind, form.values))
        except DomainError as refusal:
            refused(form, refusal)
        else:
            flash(_("Made. Try it on past days, then switch it on."), "good")
            return redirect(url_for("promises.record", promise_id=row.id), 303)
    return _page(kind, form)


@bp.get("/<uuid:promise_id>")
@requires("core.promises")
def record(promise_id: UUID) -> ResponseReturnValue:
    """Show a promise with its settings."""
    one = queries.promise(promise_id)
    return _page(one.kind, form_of(one.kind, one.name, one.row.settings, one.row.version), one)


@bp.post("/<uuid:promise_id>")
@requires("core.promises")
def change(promise_id: UUID) -> ResponseReturnValue:
    """Save the settings."""
    one = queries.promise(promise_id)
    form = read_form(PromiseForm())
    if form.ok:
        try:
            services.change(
                promise_id,
                name=form.data["name"],
                settings=entered(one.kind, form.values),
                version=form.data["version"],
            )
        except DomainError as refusal:
            refused(form, refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("promises.record", promise_id=promise_id), 303)
    return _page(one.kind, form, one)


@bp.post("/<uuid:promise_id>/<any(on, off):state>")
@requires("core.promises")
def switch(promise_id: UUID, state: str) -> ResponseReturnValue:
    """Keep it from today on, or no longer."""
    services.switch(promise_id, on=state == "on")
    said = _("It is kept from today on; the first tasks come within five minutes.")
    flash(said if state == "on" else _("It is kept no longer; its tasks stay."), "good")
    return redirect(url_for("promises.record", promise_id=promise_id), 303)


@bp.get("/trial/<kind_name>")
@requires("core.promises")
def trial(kind_name: str) -> ResponseReturnValue:
    """Show what the settings in the form would have asked for; nothing is saved."""
    kind = _kind(kind_name)
    try:
        settings = checked(kind, entered(kind, request.args))
    except InvalidInput as refusal:
        return render_template("promises/_trial.html", errors=refusal.errors, trial=None), 422
    return render_template("promises/_trial.html", errors={}, trial=try_out(kind, settings, DAYS))


def _kind(name: str) -> PromiseKind:
    found = next((kind for kind in kinds_on() if kind.name == name), None)
    if found is None:
        raise PromiseNotFound(kind=name)
    return found


def _page(kind: PromiseKind, form: Form, one: Shown | None = None) -> tuple[str, int]:
    context: dict[str, Any] = {
        "kind": kind,
        "promise": one,
        "grades": GRADES,
        "days": DAYS,
        "story": story(queries.acts(one.id)) if one else [],
    }
    return answer("promises/record.html", form, **context)
