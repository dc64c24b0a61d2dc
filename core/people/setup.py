"""Puts people into the application: who asks is known before a view runs, and who may not, stops.

Screens know a person by the session's cookie and want a CSRF token with every act; the REST
interface knows a person by a bearer token alone, which no foreign page can make a browser send.
"""

from flask import Flask, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from core.db import db
from core.errors import Forbidden
from core.people import identity, lost_sessions
from core.people.errors import FormExpired
from core.people.roles import TELEPHONE_SYSTEM

#: Blueprints without a word about the company: style sheets, and the description of the API.
_OPEN_BLUEPRINTS = frozenset(("assets", "bootstrap", "api-docs"))
#: What somebody with a one-time password may still do.
_BEFORE_OWN_PASSWORD = frozenset(
    ["people.own_password", "people.change_own_password", "people.sign_out"]
)
#: What a telephone system may do: tell of calls, and leave.
_FOR_TELEPHONES = frozenset(("calls-api", "people"))
_csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give the application its people."""
    app.config.update(
        SESSION_COOKIE_NAME="lamplit_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # _admit() asks for it, on screens only
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch can still be sent
    )
    _csrf.init_app(app)
    app.before_request(_admit)
    app.after_request(_keep_alive)
    app.jinja_env.globals.update(may=identity.may, current_person=identity.current_person_or_none)


def _admit() -> ResponseReturnValue | None:
    """Find out who asks; send away who may not come in."""
    person = identity.load()
    if _is_open():
        _refuse_foreign_forms()
        return None
    if person is None:
        return lost_sessions.ask_to_sign_in()
    try:
        _refuse_foreign_forms()
    except FormExpired:
        return lost_sessions.renew_form()
    if set(person.roles) == {TELEPHONE_SYSTEM} and request.blueprint not in _FOR_TELEPHONES:
        raise Forbidden  # it tells of calls; what everybody may look up is not for a machine
    if person.must_change and not identity.is_api():
        return _ask_for_own_password()
    return None


def _is_open() -> bool:
    # An address that does not exist is answered with 404, for everybody.
    if request.endpoint is None or request.blueprint in _OPEN_BLUEPRINTS:
        return True
    view = current_app.view_functions[request.endpoint]
    return bool(getattr(view, "is_public", False))


def _refuse_foreign_forms() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if identity.is_api() or getattr(view, "is_signed", False):
        return
    try:
        _csrf.protect()
    except CSRFError:
        raise FormExpired from None


def _ask_for_own_password() -> ResponseReturnValue | None:
    if request.endpoint in _BEFORE_OWN_PASSWORD:
        return None
    return redirect(url_for("people.own_password"), 303)


def _keep_alive(response: Response) -> Response:
    db.session.rollback()  # the request has read what it needs; one connection for each thread
    identity.note_use()
    return response
