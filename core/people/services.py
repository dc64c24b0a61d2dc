"""What can be done with people: take them on, give them roles, let them in, keep them out."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from core.db import db, reading, unit_of_work
from core.errors import InvalidInput
from core.live.hints import hint
from core.people import sessions
from core.people.errors import LastAdministrator, OwnAccount, PersonUnknown, SignInRefused
from core.people.lines import line_of
from core.people.models import PersonRole, PersonRow
from core.people.passwords import (
    check_new_password,
    hash_password,
    one_time_password,
    password_fits,
)
from core.people.person import ADMINISTRATOR
from core.people.roles import roles as known_roles
from core.people.throttle import count_attempt, forget_attempts
from core.text import tidy

_LOGIN_LENGTH = 60
_NAME_LENGTH = 120
_EXTENSION_LENGTH = 40


def sign_in(login: str, password: str, address: str) -> str:
    """Let a person in and return the token for the cookie.

    The attempt is counted in a transaction of its own, before the slow comparison, which holds no
    transaction: call this before the request has touched the database.

    Raises:
        SignInRefused: when login and password do not belong together, or the person is inactive.
        TooManyAttempts: when there were too many tries for this login or from this address.
    """
    login = _folded(login)[:_LOGIN_LENGTH]  # a longer one is nobody's
    with unit_of_work():
        count_attempt(login, address)
    with reading():
        row = db.session.scalar(select(PersonRow).where(PersonRow.login == login))
        known = (row.id, row.password_hash) if row is not None and row.active else (None, None)
    person_id, stored = known
    if not password_fits(stored, password) or person_id is None:
        raise SignInRefused
    forget_attempts(login, address)
    return sessions.open_session(person_id)


def create_person(
    login: str,
    name: str,
    roles: Iterable[str] = (),
    *,
    password: str | None = None,
    language: str = "",
    extension: str = "",
    is_sample: bool = False,
) -> tuple[UUID, str]:
    """Take somebody on; returns the id and the password.

    Without a password the person gets one for one use, to be replaced at the first sign-in.

    Raises:
        InvalidInput: when the login is taken or malformed, the name empty or a role unknown.
    """
    given = password or one_time_password()
    stored = hash_password(given)  # slow: before the first statement, which takes the write lock
    login, name = _folded(login), tidy(name)
    errors = _login_errors(login) | _name_errors(name) | _role_errors(roles)
    errors |= _extension_errors(extension)
    if errors:
        raise InvalidInput(errors)
    row = PersonRow(
        login=login,
        name=name,
        password_hash=stored,
        must_change=password is None,
        is_sample=is_sample,
        language=language,
        extension=tidy(extension),
        line=line_of(extension),
        roles=[PersonRole(role=role) for role in sorted(set(roles))],
    )
    db.session.add(row)
    db.session.flush()
    hint("people", login)
    return row.id, given


def edit_person(
    person_id: UUID,
    name: str,
    roles: Iterable[str],
    language: str,
    extension: str | None = None,
) -> None:
    """Change what the administrator may change; a role taken away counts from the next click.

    Raises:
        InvalidInput: when the name is empty, a role unknown or the extension no number.
        LastAdministrator: when nobody would be left to manage people.
    """
    row, name, wanted = person(person_id), tidy(name), set(roles)
    if errors := _name_errors(name) | _role_errors(wanted) | _extension_errors(extension or ""):
        raise InvalidInput(errors)
    if ADMINISTRATOR in row.role_names and ADMINISTRATOR not in wanted:
        _keep_an_administrator(row)
    row.name, row.language = name, language
    if extension is not None:
        row.extension, row.line = tidy(extension), line_of(extension)
    row.roles = [each for each in row.roles if each.role in wanted] + [
        PersonRole(role=role) for role in sorted(wanted - set(row.role_names))
    ]
    db.session.flush()
    hint("people", row.login)


def deactivate(person_id: UUID, by: UUID) -> None:
    """Keep somebody out from now on; what the person did stays.

    Raises:
        OwnAccount: when it is oneself.
        LastAdministrator: when nobody would be left to manage people.
    """
    if person_id == by:
        raise OwnAccount
    row = person(person_id)
    if ADMINISTRATOR in row.role_names:
        _keep_an_administrator(row)
    row.active = False
    sessions.close_all_sessions(person_id)
    sessions.revoke_tokens(person_id)
    hint("people", row.login)


def activate(person_id: UUID) -> None:
    """Let somebody in again who was kept out."""
    row = person(person_id)
    row.active = True
    hint("people", row.login)


def reset_password(person_id: UUID) -> str:
    """Give a one-time password, shown once; ends the person's sessions."""
    given = one_time_password()
    stored = hash_password(given)
    row = person(person_id)
    _set_password(row, stored, must_change=True)
    sessions.close_all_sessions(person_id)
    hint("people", row.login)
    return given


def change_own_password(person_id: UUID, old: str, new: str, keep: str) -> None:
    """Replace one's own password; ends every other session of the person.

    Raises:
        InvalidInput: when the old password is wrong or the new one is easily guessed.
    """
    with reading():
        row = person(person_id)
        login, present = row.login, row.password_hash
    if not password_fits(present, old):
        raise InvalidInput({"old": _("This is not your present password.")})
    if old == new:
        raise InvalidInput({"password": _("Choose a password other than the present one.")})
    check_new_password(login, new)
    stored = hash_password(new)
    _set_password(person(person_id), stored, must_change=False)
    sessions.close_all_sessions(person_id, keep=keep)


def choose_language(person_id: UUID, language: str) -> None:
    """Remember in which language a person works."""
    person(person_id).language = language


def create_token(login: str) -> str:
    """Make an API token for a person and return it; it cannot be shown again.

    Raises:
        PersonUnknown: when nobody active has this login.
    """
    row = db.session.scalar(select(PersonRow).where(PersonRow.login == _folded(login)))
    if row is None or not row.active:
        raise PersonUnknown
    return sessions.issue_token(row.id)


def person(person_id: UUID) -> PersonRow:
    """Return a person's row.

    Raises:
        PersonUnknown: when there is none.
    """
    row = db.session.get(PersonRow, person_id)
    if row is None:
        raise PersonUnknown
    return row


def _set_password(row: PersonRow, stored: str, *, must_change: bool) -> None:
    row.password_hash = stored
    row.must_change, row.is_sample = must_change, False


def _keep_an_administrator(leaving: PersonRow) -> None:
    others = (
        select(func.count())
        .select_from(PersonRow)
        .join(PersonRole)
        .where(PersonRole.role == ADMINISTRATOR, PersonRow.active, PersonRow.id != leaving.id)
    )
    if not db.session.scalar(others):
        raise LastAdministrator


def _folded(login: str) -> str:
    return tidy(login).casefold()


def _login_errors(login: str) -> dict[str, str]:
    allowed = all(letter.isalnum() or letter in "._-@" for letter in login)
    if not login or not allowed or len(login) > _LOGIN_LENGTH:
        return {"login": _("Enter a login of letters, digits, dots or dashes, without spaces.")}
    if db.session.scalar(select(PersonRow.id).where(PersonRow.login == login)):
        return {"login": _("Somebody has this login already. Choose another one.")}
    return {}


def _name_errors(name: str) -> dict[str, str]:
    if not name or len(name) > _NAME_LENGTH:
        return {"name": _("Enter the person's name, at most 120 characters.")}
    return {}


def _extension_errors(extension: str) -> dict[str, str]:
    if extension.strip() and (len(extension) > _EXTENSION_LENGTH or not line_of(extension)):
        return {"extension": _("Enter an extension or a telephone number, such as 8012.")}
    return {}


def _role_errors(roles: Iterable[str]) -> dict[str, str]:
    if set(roles) - set(known_roles()):
        return {"roles": _("Choose among the roles shown.")}
    return {}
