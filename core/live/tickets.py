"""Tickets for the stream: one minute long, for this browser's session only."""

from typing import Final

from flask import Flask
from itsdangerous import BadData, URLSafeTimedSerializer

from core.db import reading
from core.people.identity import person_by_id
from core.people.person import Person
from core.people.sessions import fingerprint, session_of

_LIFETIME: Final = 60


def issue(app: Flask, token: str) -> str:
    """Return a ticket for the session of this token."""
    return str(_signer(app).dumps(_mark(token)))


def is_valid(app: Flask, ticket: str, token: str) -> bool:
    """Whether the ticket is young, ours and for this session."""
    try:
        return bool(_signer(app).loads(ticket, max_age=_LIFETIME) == _mark(token))
    except BadData:
        return False


def person_for(app: Flask, token: str) -> Person | None:
    """Return who owns the session now, with today's rights; None when it has ended."""
    with reading(app):
        session = session_of(token)
        return person_by_id(session.person_id) if session else None


def may_hear(person: Person, topic: str) -> bool:
    """Whether a topic concerns the person: a department's own only with a right in it."""
    department, dot, _what = topic.partition(".")
    return not dot or any(right.startswith(f"{department}.") for right in person.permissions)


def _signer(app: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(app.secret_key), salt="lamplit-live")


def _mark(token: str) -> str:
    return fingerprint(token)[:24]
