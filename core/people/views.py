"""Screens for coming and going: sign-in, sign-out, and one's own password."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.errors import DomainError, InvalidInput
from core.people import services
from core.people.addresses import local_or_home
from core.people.identity import COOKIE, current_person, current_person_or_none, public
from core.people.people_views import register_people_screens
from core.people.roles import described_roles
from core.people.sample import shown_people
from core.people.sessions import LONGEST, close_session
from core.web.forms import Form, answer

bp = Blueprint("people", __name__, template_folder="templates")
register_people_screens(bp)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; who is signed in already goes on."""
    if current_person_or_none() is not None:
        return redirect(local_or_home(request.args.get("next")), 303)
    return _sign_in_page(Form(values={"next": request.args.get("next", "")}))


@bp.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Let a person in, and back to the page that asked for it."""
    typed = request.form
    try:
        token = services.sign_in(
            typed.get("login", ""), typed.get("password", ""), request.remote_addr or ""
        )
    except DomainError as refusal:
        shown = {"login": typed.get("login", ""), "next": typed.get("next", "")}
        page, _status = _sign_in_page(Form(values=shown).refuse(refusal))
        return page, refusal.status
    session.clear()  # a form's token from before the sign-in is worth nothing after it
    to_page = redirect(local_or_home(typed.get("next")), 303)
    _give_cookie(to_page, token)
    return to_page


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, also for every copy of its cookie."""
    close_session(request.cookies.get(COOKIE, ""))
    session.clear()
    to_page = redirect(url_for("people.sign_in"), 303)
    to_page.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    to_page.headers["Clear-Site-Data"] = '"cache"'
    return to_page


@bp.get("/password")
def own_password() -> ResponseReturnValue:
    """Show the form for one's own password."""
    return _password_page(Form())


@bp.post("/password")
def change_own_password() -> ResponseReturnValue:
    """Replace one's own password."""
    try:
        services.change_own_password(
            current_person().id,
            request.form.get("old", ""),
            _typed_twice(request.form.get("password", ""), request.form.get("again", "")),
            keep=request.cookies.get(COOKIE, ""),
        )
    except InvalidInput as refusal:
        return _password_page(Form().refuse(refusal))
    flash(_("Your password is changed. Your other devices must sign in again."), "good")
    return redirect("/", 303)


def _typed_twice(password: str, again: str) -> str:
    if password != again:
        raise InvalidInput({"again": _("This is not the same password as above.")})
    return password


def _give_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=LONGEST,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def _sign_in_page(form: Form) -> tuple[str, int]:
    titles = {role.name: role.title for role in described_roles()}
    return answer("people/sign_in.html", form, sample=shown_people(), titles=titles)


def _password_page(form: Form) -> tuple[str, int]:
    page = render_template("people/password.html", form=form, person=current_person())
    return page, 200 if form.ok else 422
