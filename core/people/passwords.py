"""Passwords: hashed slowly on purpose, so never inside a write transaction."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _

from core.errors import InvalidInput

SHORTEST = 10
LONGEST = 200
#: Neither 0 and O nor 1, l and I: a one-time password is read out and typed.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return what is stored instead of the password."""
    return _hasher.hash(password)


def password_fits(stored: str | None, password: str) -> bool:
    """Tell whether the password is right; takes as long when there is nobody to compare with."""
    if len(password) > LONGEST:
        return False
    try:
        # A lone surrogate cannot be encoded, so it was in nobody's password either.
        return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerifyMismatchError, InvalidHashError, UnicodeEncodeError):
        return False


def one_time_password() -> str:
    """Return a random password, easy to read out, that its owner replaces at once."""
    groups = ("".join(secrets.choice(_ALPHABET) for _each in range(4)) for _group in range(4))
    return "-".join(groups)


def check_new_password(login: str, password: str, field: str = "password") -> None:
    """Refuse a password that is easily guessed.

    Raises:
        InvalidInput: saying what a better one looks like.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        sentence = _("Enter a password of %(least)s to %(most)s characters.")
        raise InvalidInput({field: sentence % {"least": SHORTEST, "most": LONGEST}})
    if login and login in password.casefold():
        raise InvalidInput({field: _("Choose a password that does not contain your login.")})
    if len(set(password)) < 4:
        raise InvalidInput({field: _("Choose a password of at least four different characters.")})


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
