"""Screens for signing in and out, for one's own password, and for managing people."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError, InvalidInput
from core.people import queries, services
from core.people.addresses import local_or_home
from core.people.errors import OwnAccount
from core.people.identity import COOKIE, current_person, current_person_or_none, public, requires
from core.people.models import PersonRow
from core.people.roles import permissions, roles
from core.people.sample import shown_people
from core.people.sessions import LONGEST, close_session
from core.web.languages import LANGUAGES

bp = Blueprint("people", __name__, template_folder="templates")


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; who is signed in already goes on."""
    if current_person_or_none() is not None:
        return redirect(local_or_home(request.args.get("next")), 303)
    return _sign_in_page()


@bp.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Let a person in, and back to the page that asked for it."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = services.sign_in(login, password, request.remote_addr or "")
    except DomainError as refusal:
        return _sign_in_page(login, refusal.message()), refusal.status
    session.clear()  # a form token from before does not outlive the sign-in
    answer = redirect(local_or_home(request.form.get("next")), 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=LONGEST,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, also for every copy of its cookie."""
    close_session(request.cookies.get(COOKIE, ""))
    session.clear()
    answer = redirect(url_for("people.sign_in"), 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/password")
def own_password() -> ResponseReturnValue:
    """Show the form for one's own password."""
    return _password_page({})


@bp.post("/password", endpoint="own_password_change")
def change_own_password() -> ResponseReturnValue:
    """Replace one's own password."""
    form = request.form
    try:
        if form.get("password", "") != form.get("again", ""):
            raise InvalidInput({"again": _("This is not the same password as above.")})
        services.change_own_password(
            current_person().id,
            form.get("old", ""),
            form.get("password", ""),
            keep=request.cookies.get(COOKIE, ""),
        )
    except InvalidInput as refusal:
        return _password_page(refusal.errors), refusal.status
    flash(_("Your password is changed. Other screens of yours must sign in again."), "good")
    return redirect("/", 303)


@bp.get("/people")
@requires("core.administer")
def index() -> ResponseReturnValue:
    """Show everybody, with roles."""
    return render_template("people/index.html", people=queries.people(), roles=roles())


@bp.get("/people/new")
@requires("core.administer")
def new() -> ResponseReturnValue:
    """Ask who is to be taken on."""
    return _form_page(None, {"language": ""}, [], {})


@bp.post("/people", endpoint="create")
@requires("core.administer")
def create() -> ResponseReturnValue:
    """Take somebody on and show the one-time password, once."""
    form, given = request.form, request.form.getlist("roles")
    try:
        person_id, password = services.create_person(
            form.get("login", ""), form.get("name", ""), given, language=_language()
        )
    except InvalidInput as refusal:
        return _form_page(None, form, given, refusal.errors), refusal.status
    return _one_time_page(services.person(person_id), password)


@bp.get("/people/<uuid:person_id>")
@requires("core.administer")
def edit(person_id: UUID) -> ResponseReturnValue:
    """Show a person with the roles to choose from."""
    row = services.person(person_id)
    values = {"login": row.login, "name": row.name, "language": row.language}
    return _form_page(row, values, list(row.role_names), {})


@bp.post("/people/<uuid:person_id>", endpoint="save")
@requires("core.administer")
def save(person_id: UUID) -> ResponseReturnValue:
    """Save a person's name, roles and language."""
    form, given = request.form, request.form.getlist("roles")
    try:
        services.edit_person(person_id, form.get("name", ""), given, _language())
    except InvalidInput as refusal:
        row = services.person(person_id)
        values = {**form, "login": row.login}
        return _form_page(row, values, given, refusal.errors), refusal.status
    flash(_("Saved. New roles count from the next click."), "good")
    return redirect(url_for("people.index"), 303)


@bp.post("/people/<uuid:person_id>/reset")
@requires("core.administer")
def reset_password(person_id: UUID) -> ResponseReturnValue:
    """Give a new one-time password and show it, once."""
    password = services.reset_password(person_id)
    return _one_time_page(services.person(person_id), password)


@bp.post("/people/<uuid:person_id>/deactivate")
@requires("core.administer")
def deactivate(person_id: UUID) -> ResponseReturnValue:
    """Keep somebody out."""
    services.deactivate(person_id, by=current_person().id)
    return redirect(url_for("people.edit", person_id=person_id), 303)


@bp.post("/people/<uuid:person_id>/activate")
@requires("core.administer")
def activate(person_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    services.activate(person_id)
    return redirect(url_for("people.edit", person_id=person_id), 303)
