"""Look up people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.db import db
from core.people.models import PersonRow
from core.text import tidy


@dataclass(frozen=True)
class Colleague:
    """A person as others need to know of: to assign work to, or to name."""

    id: UUID
    name: str
    login: str


def people() -> Sequence[PersonRow]:
    """Return everybody, those who may enter first, by name."""
    query = select(PersonRow).options(selectinload(PersonRow.roles))
    return db.session.scalars(
        query.order_by(PersonRow.active.desc(), PersonRow.name, PersonRow.login)
    ).all()


def colleagues() -> list[Colleague]:
    """Return everybody who may enter, by name, e.g. to choose an owner from."""
    query = select(PersonRow).where(PersonRow.active).order_by(PersonRow.name, PersonRow.login)
    return [Colleague(row.id, row.name, row.login) for row in db.session.scalars(query)]


def person_by_login(login: str) -> Colleague | None:
    """Return who has this login."""
    row = db.session.scalar(select(PersonRow).where(PersonRow.login == tidy(login).casefold()))
    return Colleague(row.id, row.name, row.login) if row else None
