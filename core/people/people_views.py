"""Screens with which an administrator manages people."""

from collections.abc import Sequence
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import InvalidInput
from core.people import queries, services
from core.people.identity import current_person, requires
from core.people.models import PersonRow
from core.people.roles import described_roles
from core.web.actions import Action, action
from core.web.forms import Form, answer
from core.web.languages import LANGUAGES


def register_people_screens(bp: Blueprint) -> None:
    """Put the administrator's screens beside the sign-in, under /people."""
    one = "/people/<uuid:person_id>"
    bp.add_url_rule("/people", "index", index)
    bp.add_url_rule("/people/new", "new", new)
    bp.add_url_rule("/people", "create", create, methods=["POST"])
    bp.add_url_rule(one, "edit", edit)
    bp.add_url_rule(one, "save", save, methods=["POST"])
    bp.add_url_rule(f"{one}/reset", "reset", reset, methods=["POST"])
    bp.add_url_rule(f"{one}/deactivate", "deactivate", deactivate, methods=["POST"])
    bp.add_url_rule(f"{one}/activate", "activate", activate, methods=["POST"])


@requires("core.administer")
def index() -> ResponseReturnValue:
    """Show everybody, with roles."""
    titles = {role.name: role.title for role in described_roles()}
    return render_template("people/index.html", people=queries.people(), titles=titles)


@requires("core.administer")
def new() -> ResponseReturnValue:
    """Ask who is to be taken on."""
    return _form_page(None, Form(), [])


@requires("core.administer")
def create() -> ResponseReturnValue:
    """Take somebody on and show the one-time password, once."""
    form, roles = _typed()
    try:
        person_id, password = services.create_person(
            form.value("login"),
            form.value("name"),
            roles,
            language=form.value("language"),
            extension=form.value("extension"),
        )
    except InvalidInput as refusal:
        return _form_page(None, form.refuse(refusal), roles)
    return _one_time_page(person_id, password)


@requires("core.administer")
def edit(person_id: UUID) -> ResponseReturnValue:
    """Show a person with the roles to choose from."""
    row = services.person(person_id)
    values = {"login": row.login, "name": row.name, "language": row.language}
    values["extension"] = row.extension
    return _form_page(row, Form(values=values), row.role_names)


@requires("core.administer")
def save(person_id: UUID) -> ResponseReturnValue:
    """Save a person's name, roles, language and extension."""
    form, roles = _typed()
    try:
        services.edit_person(
            person_id,
            form.value("name"),
            roles,
            form.value("language"),
            form.value("extension"),
        )
    except InvalidInput as refusal:
        return _form_page(services.person(person_id), form.refuse(refusal), roles)
    flash(_("Saved. New roles count from the next click."), "good")
    return redirect(url_for("people.index"), 303)


@requires("core.administer")
def reset(person_id: UUID) -> ResponseReturnValue:
    """Give a new one-time password and show it, once."""
    return _one_time_page(person_id, services.reset_password(person_id))


@requires("core.administer")
def deactivate(person_id: UUID) -> ResponseReturnValue:
    """Keep somebody out."""
    services.deactivate(person_id, by=current_person().id)
    flash(_("This person is signed out everywhere and cannot sign in."), "good")
    return redirect(url_for("people.edit", person_id=person_id), 303)


@requires("core.administer")
def activate(person_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    services.activate(person_id)
    flash(_("This person can sign in again."), "good")
    return redirect(url_for("people.edit", person_id=person_id), 303)


def _typed() -> tuple[Form, list[str]]:
    values = {name: text.strip() for name, text in request.form.items() if name != "roles"}
    if values.get("language", "") not in LANGUAGES:
        values["language"] = ""
    return Form(values=values), request.form.getlist("roles")


def _form_page(row: PersonRow | None, form: Form, chosen: Sequence[str]) -> tuple[str, int]:
    languages = [(each.code, each.name) for each in LANGUAGES.values()]
    return answer(
        "people/form.html",
        form,
        row=row,
        chosen=set(chosen),
        roles=described_roles(),
        language_choices=languages,
        more=_acts(row) if row else [],
    )


def _acts(row: PersonRow) -> list[Action]:
    """Return what else can be done with a person, for the page's menu."""
    reset = _("%(name)s is signed out everywhere and needs the new password. Go on?", name=row.name)
    leave = _(
        "%(name)s is signed out everywhere and cannot sign in any more. Go on?", name=row.name
    )
    acts = [_act(row, "reset", _("Give a one-time password"), "key", confirm=reset)]
    if not row.active:
        acts.append(_act(row, "activate", _("Let in again"), "person-check"))
    elif row.id != current_person().id:
        act = _act(row, "deactivate", _("Deactivate"), "person-dash", confirm=leave, danger=True)
        acts.append(act)
    return acts


def _act(
    row: PersonRow, verb: str, label: str, icon: str, confirm: str = "", *, danger: bool = False
) -> Action:
    url = url_for(f"people.{verb}", person_id=row.id)
    return action(label, url, icon=icon, post=True, confirm=confirm, danger=danger)


def _one_time_page(person_id: UUID, password: str) -> Response:
    row = services.person(person_id)
    page = make_response(render_template("people/one_time.html", row=row, password=password))
    page.headers["Cache-Control"] = "no-store"  # shown once: not again by the Back button
    return page
