"""Who would miss a module: shown before it is switched off."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bus.events import catalogue
from bus.subscriptions import subscriptions
from core.db import db
from core.people.models import PersonRole, PersonRow
from core.registry import switchboard
from core.registry.discovery import Installed


@dataclass(frozen=True)
class Consequences:
    """What stops while a module is off."""

    #: Active people whose role belongs to the module.
    people: int
    #: Titles of the screens that disappear.
    screens: tuple[str, ...]
    #: Other modules with the number of the module's events that they listen to.
    listeners: Mapping[str, int]
    #: Events that the module itself takes in.
    hears: tuple[str, ...]


def consequences(module: Installed) -> Consequences:
    """Return who loses what while the module is off."""
    return Consequences(
        people=_people(module),
        screens=tuple(str(item.label) for item in module.manifest.menu),
        listeners=_listeners(module.name),
        hears=tuple(sorted(subscriptions.wants(module.name))),
    )


def _people(module: Installed) -> int:
    query = (
        select(func.count(PersonRow.id.distinct()))
        .join(PersonRole)
        .where(PersonRow.active, PersonRole.role.in_(list(module.manifest.roles)))
    )
    return db.session.scalar(query) or 0


def _listeners(publisher: str) -> dict[str, int]:
    every = catalogue.by_type.items()
    published = [each for name, each in every if name.startswith(f"{publisher}.")]
    found: dict[str, int] = {}
    for name, owner in subscriptions.subscribers().items():
        wanted = subscriptions.wants(name)
        count = sum(any(kind in wanted for kind in each.kinds) for each in published)
        if count and owner in switchboard.installed() and owner != publisher:
            found[owner] = max(found.get(owner, 0), count)
    return found
