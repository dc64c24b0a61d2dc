"""An act that takes money or goods happens once, however often its request arrives."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from flask import Response, make_response, request
from flask_babel import gettext as _
from sqlalchemy import String, Table, Text, bindparam, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from bus.kept import Kept
from bus.rows import by_name
from core.clock import now
from core.columns import UtcDateTime
from core.db import Base, connection, db, dialect_name, upsert
from core.errors import DomainError
from core.people.identity import current_person, current_person_or_none

View = TypeVar("View", bound=Callable[..., Any])

#: For how long a repeated request gets its first answer.
KEPT = timedelta(days=14)
LONGEST_KEY = 200


class RequestOnce(Base):
    """A request that was carried out, and the answer it got."""

    __tablename__ = "core_request_once"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status: Mapped[int | None]
    content_type: Mapped[str | None] = mapped_column(String(100))
    location: Mapped[str | None] = mapped_column(String(500))
    body: Mapped[str | None] = mapped_column(Text)


_TABLE = cast("Table", RequestOnce.__table__)


class IdempotencyKeyMissing(DomainError):
    """The client did not say which act this is."""

    code: ClassVar[str] = "idempotency_key_missing"
    status: ClassVar[int] = 400

    def message(self) -> str:
        return _("Send an Idempotency-Key header with a new value for each act, such as a UUID.")


class IdempotencyKeyReused(DomainError):
    """One key came with two different acts."""

    code: ClassVar[str] = "idempotency_key_reused"
    status: ClassVar[int] = 422

    def message(self) -> str:
        return _("This Idempotency-Key was used for something else. Use a new one for a new act.")


def idempotent(view: View) -> View:
    """Require an Idempotency-Key (header, or form field) and answer repeats as the first time.

    The key is kept in the act's own transaction: what failed left nothing behind and may be
    tried again. Place it above @blp.arguments, so that the whole answer is kept.
    """

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key") or request.form.get("idempotency_key")
        if not key or len(key) > LONGEST_KEY:
            raise IdempotencyKeyMissing
        return _once(key, view, *args, **kwargs)

    once.idempotent = True  # type: ignore[attr-defined]
    return once  # type: ignore[return-value]


def repeatable(view: View) -> View:
    """Answer repeats as the first time where a client sends an Idempotency-Key; ask for none."""

    @wraps(view)
    def at_will(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key")
        if not key or current_person_or_none() is None:
            return view(*args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise IdempotencyKeyMissing
        return _once(key, view, *args, **kwargs)

    return at_will  # type: ignore[return-value]


def wants_key(view: Callable[..., Any]) -> bool:
    """Whether a view refuses a request without a key."""
    return bool(getattr(view, "idempotent", False))


def _once(key: str, view: View, *args: Any, **kwargs: Any) -> Response:
    first = _claim(key)
    if first is not None:
        return first
    response = make_response(view(*args, **kwargs))
    if response.status_code < 400:
        _keep(key, response)
    return response


def _digest() -> str:
    # A form's token and key change with each page; only what the person entered counts.
    if request.form:
        entered = sorted(
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in ("csrf_token", "idempotency_key")
        )
        body = repr(entered).encode()
    else:
        body = request.get_data()
    return hashlib.sha256(
        b"\0".join((request.method.encode(), request.path.encode(), body))
    ).hexdigest()


def _claim(key: str) -> Response | None:
    """Take the key, or return the answer of the act that took it before."""
    person = current_person().id
    values = {"key": key, "person_id": person, "digest": _digest(), "at": now()}
    if _taking(dialect_name()).scalar(connection(), values) is not None:
        return None
    first = db.session.get_one(RequestOnce, (key, person))
    if first.digest != values["digest"]:
        raise IdempotencyKeyReused
    answer = Response(first.body, first.status or 200, content_type=first.content_type)
    if first.location:
        answer.headers["Location"] = first.location
    return answer


@cache
def _taking(dialect: str) -> Kept:
    taking = upsert(_TABLE, dialect).values(by_name("key", "person_id", "digest", "at"))
    return Kept(taking.on_conflict_do_nothing().returning(_TABLE.c.key))


_ANSWER = ("status", "content_type", "location", "body")
_KEEPING = Kept(
    update(_TABLE)
    .where(_TABLE.c.key == bindparam("of_key"), _TABLE.c.person_id == bindparam("of_person"))
    .values(by_name(*_ANSWER))
)


def _keep(key: str, response: Response) -> None:
    answer = {
        "of_key": key,
        "of_person": current_person().id,
        "status": response.status_code,
        "content_type": response.content_type,
        "location": response.headers.get("Location"),
        "body": response.get_data(as_text=True),
    }
    _KEEPING.run(connection(), answer)


def forget_requests() -> int:
    """Forget the answers to old requests, in the caller's transaction; returns how many."""
    old = delete(RequestOnce).where(RequestOnce.at < now() - KEPT)
    return connection().execute(old).rowcount
