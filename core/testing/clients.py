"""Clients that act as a person: in a browser's way, and in a program's way."""

import secrets
from typing import Any, cast
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from core.db import reading, unit_of_work
from core.people import identity, queries, sessions
from core.people.person import Person


def person_called(app: Flask, login: str) -> Person:
    """Return a person as the edge would load it."""
    with reading(app):
        found = queries.person_by_login(login)
        person = identity.person_by_id(found.id) if found else None
    assert person is not None, f"nobody has the login {login}"
    return person


class ScreenClient(FlaskClient):
    """A browser: it keeps cookies and sends the CSRF token with every act."""

    csrf_token = ""

    def sign_in(self, login: str) -> "ScreenClient":
        """Open a session for a person without the slow comparison of passwords."""
        app = self.application
        person = person_called(app, login)
        with unit_of_work(app):
            token = sessions.open_session(person.id)
        self.set_cookie(identity.COOKIE, token)
        self.take_csrf_token()
        return self

    def take_csrf_token(self) -> None:
        """Be given a token as a page's form would carry it."""
        raw = secrets.token_hex(32)
        with self.session_transaction() as session:
            session["csrf_token"] = raw
        key = cast("str", self.application.secret_key)
        self.csrf_token = str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, with the CSRF token if there is one."""
        if self.csrf_token and args and isinstance(args[0], str):
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("X-CSRFToken", self.csrf_token)
            kwargs["headers"] = headers
        return super().open(*args, **kwargs)

    def send(self, method: str, address: str) -> TestResponse:
        """Send a bare request of any kind."""
        return self.open(address, method=method)

    def fragment(self, address: str) -> TestResponse:
        """Ask as htmx does."""
        return self.get(address, headers={"HX-Request": "true"})


class ApiClient:
    """A program with a bearer token; paths are below /api/v1/."""

    def __init__(self, app: Flask, login: str) -> None:
        person = person_called(app, login)
        with unit_of_work(app):
            self.token = sessions.issue_token(person.id)
        self._client = app.test_client(use_cookies=False)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Ask for something."""
        return self.send("GET", _below_api(path), query_string=query)

    def post(self, path: str, body: Any = None, key: str = "", **more: Any) -> TestResponse:
        """Do something; without a key every call is a new act."""
        headers = {"Idempotency-Key": key or str(uuid4()), **more.pop("headers", {})}
        body = {} if body is None else body
        return self.send("POST", _below_api(path), json=body, headers=headers, **more)

    def patch(self, path: str, body: Any) -> TestResponse:
        """Change something."""
        return self.send("PATCH", _below_api(path), json=body)

    def send(self, method: str, address: str, **kwargs: Any) -> TestResponse:
        """Send any request with the token."""
        headers = {"Authorization": f"Bearer {self.token}", **kwargs.pop("headers", {})}
        return self._client.open(address, method=method, headers=headers, **kwargs)


def _below_api(path: str) -> str:
    return f"/api/v1/{path.lstrip('/')}"
