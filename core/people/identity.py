"""Who is asking, in this request, and what is allowed.

The edge calls `load()` in a read transaction before the view, so that a role taken away or a
session ended counts from the very next click.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from flask import g, has_app_context, has_request_context, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import db, unit_of_work
from core.errors import Forbidden, Unauthorized
from core.people import sessions
from core.people.models import PersonRow
from core.people.person import Person
from core.people.roles import permissions_of

P = ParamSpec("P")
R = TypeVar("R")

COOKIE = "lamplit_session"


def load() -> Person | None:
    """Find out who is asking and remember it for this request; None for nobody."""
    g.lamplit_person = _by_token() if is_api() else _by_cookie()
    return current_person_or_none()


def is_api() -> bool:
    """Tell whether another program is asking: with a token, never with a browser's cookie."""
    return has_request_context() and request.path.startswith("/api/")


def current_person_or_none() -> Person | None:
    """Return who is acting, or None: a worker, a command, or somebody not signed in."""
    return g.get("lamplit_person") if has_app_context() else None


def current_person() -> Person:
    """Return who is acting.

    Raises:
        Unauthorized: when nobody is signed in.
    """
    person = current_person_or_none()
    if person is None:
        raise Unauthorized
    return person


def may(permission: str) -> bool:
    """Tell whether the person who asks has a permission; also for templates."""
    person = current_person_or_none()
    return person is not None and permission in person.permissions


def requires(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a view or an API function by a permission.

    The function raises Unauthorized when nobody is signed in and Forbidden without the permission.
    """

    def guard(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if permission not in current_person().permissions:
                raise Forbidden(permission=permission)
            return function(*args, **kwargs)

        # The conformance suite reads which permission an address asks for.
        vars(guarded)["permission"] = permission
        return guarded

    return guard


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that people may open before they have signed in."""
    vars(function)["is_public"] = True
    return function


def signed(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a public view whose address is signed by us: its link is the permission, not a form."""
    vars(function)["is_signed"] = True
    return public(function)


def person_of(row: PersonRow) -> Person:
    """Return a stored person as plain data, with what the roles allow now."""
    return Person(
        id=row.id,
        name=row.name,
        login=row.login,
        roles=row.role_names,
        permissions=permissions_of(row.role_names),
        language=row.language,
        must_change=row.must_change,
    )


def person_by_id(person_id: UUID) -> Person | None:
    """Return a person who may still enter, e.g. to re-read rights on an open stream."""
    row = db.session.get(PersonRow, person_id, options=[joinedload(PersonRow.roles)])
    return person_of(row) if row is not None and row.active else None


@contextmanager
def acting_for(person: Person | None) -> Iterator[None]:
    """Let what nobody at a screen has done count as this person's, who is answerable for it."""
    before = current_person_or_none()
    g.lamplit_person = person
    try:
        yield
    finally:
        g.lamplit_person = before


@contextmanager
def as_colleague(login: str) -> Iterator[None]:
    """Let somebody else act inside: for the sample company, where nobody reviews one's own work."""
    row = db.session.scalar(select(PersonRow).where(PersonRow.login == login))
    with acting_for(person_of(row) if row is not None else current_person_or_none()):
        yield


def note_use() -> None:
    """Keep the session of this request alive, in a short transaction after the request's own."""
    due: str | None = g.pop("lamplit_session_due", None)
    if due is not None:
        with unit_of_work():
            sessions.note_use(due)


def _by_cookie() -> Person | None:
    token = request.cookies.get(COOKIE, "")
    session = sessions.session_of(token) if token else None
    if session is None:
        return None
    if sessions.is_due(session.seen_at):
        g.lamplit_session_due = session.token_hash
    return person_by_id(session.person_id)


def _by_token() -> Person | None:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer":
        return None
    return sessions.person_of_token(token.strip())
