"""What a person typed outlives her session: it is said that it ended, and the form can go again.

A form that htmx sends stays on its page, with a message; any other one is shown again as a page
that keeps its fields. Either way the answer to it carries a token that is good from now on.
"""

from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from core.errors import Unauthorized
from core.people import identity
from core.people.errors import FormExpired

#: What no page may show again.
_NOT_KEPT = frozenset(("csrf_token", "old", "password", "again"))


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in, or not any more."""
    if identity.is_api():
        raise Unauthorized
    if "HX-Request" in request.headers:
        return _tell_inside_page()
    if request.method == "POST" and request.endpoint != "people.sign_out" and _is_our_page():
        return _keep_fields(signed_out=True, status=401)
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("people.sign_in", next=back), 303)


def renew_form() -> ResponseReturnValue:
    """Answer a form whose token is from before the person signed in again.

    Raises:
        FormExpired: when it may have come from a foreign page.
    """
    if "HX-Request" in request.headers:
        say = FormExpired().message()
        answer = make_response(render_template("web/error_fragment.html", title="", say=say), 400)
        answer.headers["Form-Token"] = generate_csrf()  # no foreign page can read an answer of ours
        return answer
    if _is_our_page():
        return _keep_fields(signed_out=False, status=FormExpired.status)
    raise FormExpired


def _tell_inside_page() -> Response:
    answer = make_response(render_template("people/_signed_out.html"), 401)
    if request.method == "GET":
        # A page on which nothing was typed goes to the sign-in, and back again.
        shown = urlsplit(request.headers.get("HX-Current-URL", "/"))
        back = f"{shown.path}?{shown.query}" if shown.query else shown.path
        answer.headers["HX-Redirect"] = url_for("people.sign_in", next=back)
    return answer


def _is_our_page() -> bool:
    # A browser says where a form stood, and no page can make it say something else.
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _keep_fields(*, signed_out: bool, status: int) -> Response:
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_KEPT]
    page = render_template("people/kept_form.html", kept=kept, signed_out=signed_out)
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
