"""Errors as pages: in the shell, in the person's language, saying what to do."""

import logging

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from core.errors import DomainError, Forbidden, ModuleOff, Unauthorized
from core.people.identity import current_person_or_none, load
from core.web.layout import is_fragment

log = logging.getLogger(__name__)


def error_page(error: Exception) -> Response:
    """Return the page (or, inside a page, the message) for an error."""
    if isinstance(error, HTTPException) and error.code in (301, 302, 303, 304, 307, 308):
        return make_response(error.get_response())
    if "lamplit_person" not in g:
        load()  # refused before anybody asked who it is: a module that is off
    status, title, say = explain(error)
    if is_fragment():
        return _answer(status, "web/error_fragment.html", title, say, error)
    # After a fault of ours the menu may be what is broken: the page does without it.
    in_shell = current_person_or_none() is not None and status < 500
    name = "error" if in_shell else "error_bare"
    return _answer(status, f"web/{name}.html", title, say, error)


def explain(error: Exception) -> tuple[int, str, str]:
    """Return status, title and what to do."""
    if isinstance(error, DomainError):
        return error.status, _title(error), error.message()
    if isinstance(error, HTTPException):
        return _http(error.code or 500)
    log.exception("unexpected error in %s %s", request.method, request.path, exc_info=error)
    return _http(500)


def _title(error: DomainError) -> str:
    if isinstance(error, ModuleOff):
        return _("This department is switched off")
    if isinstance(error, Forbidden):
        return _("You may not open this")
    if isinstance(error, Unauthorized):
        return _("You are not signed in")
    if error.status == 404:
        return _("Not found")
    return _("That did not work")


def _http(status: int) -> tuple[int, str, str]:
    if status == 404:
        return (
            404,
            _("Not found"),
            _("There is nothing under this address. Search for what you need."),
        )
    if status == 403:
        return 403, _("You may not open this"), _("Ask an administrator for the permission.")
    if status == 413:
        return 413, _("This file is too large"), _("Split it into smaller files and try again.")
    if status < 500:
        return status, _("That did not work"), _("Go back, reload the page and try again.")
    return (
        status,
        _("Something went wrong on our side"),
        _("Nothing was changed. Try again; if it happens twice, tell your administrator the time."),
    )


def _answer(status: int, template: str, title: str, say: str, error: Exception) -> Response:
    module_off = isinstance(error, ModuleOff)
    page = render_template(template, title=title, say=say, status=status, module_off=module_off)
    return make_response(page, status)
