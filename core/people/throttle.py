"""Slow down whoever tries passwords, for a login and for an address, in every process alike.

An attempt is counted before the password is looked at, so that a hundred tries at once count as
a hundred. Being right clears what one mistyped oneself.
"""

from datetime import timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.sql.elements import ColumnElement

from core.clock import now
from core.db import db
from core.people.errors import TooManyAttempts
from core.people.models import SignInAttempt

WINDOW = timedelta(minutes=15)
#: Wrong tries within the window for one login from one address, for one login from anywhere
#: (so that a stranger elsewhere does not lock its owner out soon), and from one address.
FROM_ONE_PLACE = 5
FOR_ONE_LOGIN = 25
FROM_ONE_ADDRESS = 50
#: Names the lock; any number that no other advisory lock has.
_LOCK = 7_461_001


def count_attempt(login: str, address: str) -> None:
    """Count this try, or refuse it.

    Raises:
        TooManyAttempts: with the minutes until the next try is free.
    """
    _one_at_a_time()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - WINDOW))
    is_login, is_address = SignInAttempt.login == login, SignInAttempt.address == address
    _refuse_above(FROM_ONE_PLACE, is_login & is_address)
    _refuse_above(FOR_ONE_LOGIN, is_login)
    _refuse_above(FROM_ONE_ADDRESS, is_address)
    db.session.add(SignInAttempt(login=login, address=address, at=now()))
    db.session.flush()


def forget_attempts(login: str, address: str) -> None:
    """Clear the count of somebody who knew the password after all."""
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.login == login, SignInAttempt.address == address)
    )


def _one_at_a_time() -> None:
    """Let nobody count beside us; SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _refuse_above(most: int, which: ColumnElement[bool]) -> None:
    query = select(func.count(), func.min(SignInAttempt.at)).where(which)
    count, oldest = db.session.execute(query).one()
    if count >= most:
        wait = oldest + WINDOW - now()
        raise TooManyAttempts(minutes=max(1, ceil(wait / timedelta(minutes=1))))
