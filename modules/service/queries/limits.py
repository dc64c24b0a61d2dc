"""Up to what amount somebody may promise a compensation alone."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.money import ZERO
from core.people.identity import person_by_id
from core.people.person import Person
from core.people.queries import colleagues
from core.registry import switchboard
from modules.service.models import Limit

#: Until the owner sets others, in the currency of the order.
PRESETS: Final = {"service_member": Decimal(200), "service_head": Decimal(2000)}


@dataclass(frozen=True)
class Holder:
    """A role or a person, and how much it may promise; None: it goes by the roles."""

    holder: str
    title: str
    amount: Decimal | None


def limit_of(person: Person) -> Decimal | None:
    """Return a person's own limit, or else the highest of the roles; None for no limit at all."""
    own = db.session.get(Limit, personal(person.id))
    if own is not None:
        return own.amount
    if person.is_administrator:
        return None
    roles = _by_role()
    return max((roles.get(role, ZERO) for role in person.roles), default=ZERO)


def is_within(amount: Decimal, person: Person) -> bool:
    """Tell whether a person may agree to this amount alone."""
    limit = limit_of(person)
    return limit is None or amount <= limit


def approvers(proposed_by: UUID) -> list[UUID]:
    """Return everybody who may approve what somebody has proposed: nobody approves her own."""
    found = (person_by_id(each.id) for each in colleagues() if each.id != proposed_by)
    return [person.id for person in found if person and "service.lead" in person.permissions]


def holders() -> list[Holder]:
    """Return service's roles and everybody who looks after complaints, with their limits."""
    roles = switchboard.installed()["service"].manifest.roles
    amounts = _by_role()
    found = [
        Holder(f"role:{name}", str(role.title), amounts.get(name, ZERO))
        for name, role in roles.items()
    ]
    own = {row.holder: row.amount for row in db.session.scalars(select(Limit))}
    for each in colleagues():
        person = person_by_id(each.id)
        if person is not None and "service.work" in person.permissions:
            found.append(Holder(personal(each.id), each.name, own.get(personal(each.id))))
    return found


def personal(person_id: UUID) -> str:
    """Return under which name a person's own limit is kept."""
    return f"person:{person_id.hex}"


def _by_role() -> dict[str, Decimal]:
    found = dict(PRESETS)
    for row in db.session.scalars(select(Limit).where(Limit.holder.startswith("role:"))):
        found[row.holder.removeprefix("role:")] = row.amount
    return found
