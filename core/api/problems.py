"""The one place that turns errors into application/problem+json."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from flask import Flask, Response, g, json, request
from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from core.company import Company
from core.db import DatabaseBusy, db
from core.errors import DatabaseAway, DomainError, InvalidInput
from core.web.errors import error_page
from core.web.languages import language_of_browser

log = logging.getLogger(__name__)


def problem(error: Exception) -> Response:
    """Return the answer that an API client gets for an error."""
    if isinstance(error, DomainError):
        extra = dict(error.extra)
        errors = [
            {"field": field, "message": str(text)}
            for field, text in (error.errors if isinstance(error, InvalidInput) else {}).items()
        ]
        return _answer(error.status, error.code, error.message(), errors, extra)
    if isinstance(error, HTTPException):
        return _http(error)
    log.exception("unexpected error in %s %s", request.method, request.path, exc_info=error)
    text = _("Something went wrong on our side. Nothing was changed; please try again.")
    return _answer(500, "internal_error", text, [], {})


def _http(error: HTTPException) -> Response:
    messages = getattr(error, "data", {}).get("messages")
    if error.code == 422 and messages:
        errors = [{"field": f, "message": m} for f, m in flat(messages)]
        return _answer(422, "invalid_input", _("Please correct the marked fields."), errors, {})
    code = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}.get(error.code or 500)
    answer = _answer(error.code or 500, code or "http_error", _wording(error.code), [], {})
    # Werkzeug's headers say what is allowed (405) or when to come back (429).
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _wording(code: int | None) -> str:
    return {
        400: _("The request could not be read. Send valid JSON."),
        404: _("There is nothing here under this address. Check the number or search for it."),
        405: _("This address does not accept that method."),
        413: _("This is too large to be accepted."),
        415: _("Send the body as application/json."),
    }.get(code or 500, _("The request could not be answered."))


def flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield ("lines.0.quantity", text) for marshmallow's nested messages."""
    if isinstance(messages, dict):
        for key, value in messages.items():
            # webargs puts the location ("json", "query") on top, marshmallow "_schema" at ends.
            below = "" if key in ("json", "query", "form", "_schema") else str(key)
            yield from flat(value, ".".join(part for part in (path, below) if part))
    elif isinstance(messages, list | tuple):
        for each in messages:
            yield from flat(each, path)
    else:
        yield path, str(messages)


def _answer(
    status: int, code: str, detail: str, errors: list[dict[str, str]], extra: dict[str, Any]
) -> Response:
    body = {**extra, "type": "about:blank", "status": status, "code": code, "title": detail}
    body["errors"] = errors
    return Response(
        json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json"
    )


def is_api() -> bool:
    """Whether the present request comes from a program rather than from a screen."""
    return request.path.startswith("/api/")


def _is_away(error: Exception) -> bool:
    # A view that writes where it may only read is a fault of ours, though SQLite calls it the same.
    ours = getattr(getattr(error, "orig", None), "sqlite_errorname", "") == "SQLITE_READONLY"
    return isinstance(error, OperationalError | InterfaceError | DatabaseBusy) and not ours


def do_without_database() -> None:
    """Let the answer be worded by what the request itself says, and by the presets."""
    g.lamplit_person = None
    g.lamplit_company = Company()
    g.lamplit_shown_language = language_of_browser()


def init_app(app: Flask) -> None:
    """Answer API errors as problems; screens get the shell's page."""

    def answer(error: Exception) -> Any:
        # What failed may have broken the transaction in which the answer's words are looked up.
        with suppress(OperationalError, InterfaceError):
            db.session.rollback()
        if _is_away(error):
            log.exception("the database is away in %s %s", request.method, request.path)
            do_without_database()
            error = DatabaseAway()
        return problem(error) if is_api() else error_page(error)

    app.register_error_handler(Exception, answer)
