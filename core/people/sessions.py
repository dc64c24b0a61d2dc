"""Sessions live in the database: the cookie only carries a random token.

Signing out deletes the row, so a copied cookie dies with it.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from bus.kept import Kept
from core.clock import now
from core.db import connection, db
from core.people.models import ApiToken, PersonRole, PersonRow, SessionRow
from core.people.person import Person
from core.people.roles import permissions_of

#: A screen that nobody touched for so long asks for the password again.
IDLE = timedelta(hours=4)
#: No session outlives a working week.
LONGEST = timedelta(days=7)
#: How exactly the last use is known: noting every click would write at every click.
_PRECISION = timedelta(minutes=5)
#: Lets whoever finds a leaked token see what it opens.
_MARK = "lamplit_"


def fingerprint(token: str) -> str:
    """Return what is stored of a token; a random token needs no salt."""
    return sha256(token.encode()).hexdigest()


def open_session(person_id: UUID) -> str:
    """Start a session and return the token for its cookie; clears out expired ones."""
    moment = now()
    db.session.execute(
        delete(SessionRow).where(
            (SessionRow.seen_at < moment - IDLE) | (SessionRow.opened_at < moment - LONGEST)
        )
    )
    token = secrets.token_urlsafe(32)
    row = SessionRow(
        token_hash=fingerprint(token), person_id=person_id, opened_at=moment, seen_at=moment
    )
    db.session.add(row)
    db.session.flush()
    return token


def close_session(token: str) -> None:
    """End the session of this token, wherever its cookie is."""
    db.session.execute(delete(SessionRow).where(SessionRow.token_hash == fingerprint(token)))


def close_all_sessions(person_id: UUID, keep: str = "") -> None:
    """End every session of a person, but the one whose token is to be kept."""
    kept = SessionRow.token_hash != fingerprint(keep)
    db.session.execute(delete(SessionRow).where(SessionRow.person_id == person_id, kept))


def session_of(token: str) -> SessionRow | None:
    """Return the living session of a token whose person may still enter."""
    moment = now()
    return db.session.scalar(
        select(SessionRow)
        .join(PersonRow, PersonRow.id == SessionRow.person_id)
        .where(
            SessionRow.token_hash == fingerprint(token),
            SessionRow.seen_at >= moment - IDLE,
            SessionRow.opened_at >= moment - LONGEST,
            PersonRow.active,
        )
    )


def is_due(seen_at: datetime) -> bool:
    """Tell whether the last use is old enough to be noted anew."""
    return seen_at < now() - _PRECISION


def note_use(token_hash: str) -> None:
    """Note that a session is in use, so that it does not expire as idle."""
    db.session.execute(
        update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=now())
    )


def issue_token(person_id: UUID) -> str:
    """Make an API token; it is shown now or never, for only its hash is kept."""
    token = _MARK + secrets.token_urlsafe(32)
    db.session.add(ApiToken(token_hash=fingerprint(token), person_id=person_id))
    db.session.flush()
    return token


_PEOPLE, _TOKENS, _ROLES = PersonRow.__table__, ApiToken.__table__, PersonRole.__table__
#: Every request of a program begins with this.
_BY_TOKEN = Kept(
    select(
        *(_PEOPLE.c[name] for name in ("id", "name", "login", "language", "must_change")),
        _ROLES.c.role,
    )
    .join(_TOKENS, _TOKENS.c.person_id == _PEOPLE.c.id)
    .outerjoin(_ROLES, _ROLES.c.person_id == _PEOPLE.c.id)
    .where(_TOKENS.c.token_hash == bindparam("token_hash"), _PEOPLE.c.active)
    .order_by(_ROLES.c.role)
)


def person_of_token(token: str) -> Person | None:
    """Return as whom an API token acts, if that person may still enter."""
    rows = _BY_TOKEN.rows(connection(), {"token_hash": fingerprint(token)})
    if not rows:
        return None
    who, roles = rows[0], tuple(row.role for row in rows if row.role is not None)
    return Person(
        id=who.id,
        name=who.name,
        login=who.login,
        roles=roles,
        permissions=permissions_of(roles),
        language=who.language,
        must_change=who.must_change,
    )


def revoke_tokens(person_id: UUID) -> None:
    """Make every API token of a person worthless."""
    db.session.execute(delete(ApiToken).where(ApiToken.person_id == person_id))
