"""Switch modules on and off while the company works, in every process at once.

The switch is a row, read in each request. What a module misses while it is off waits in the
log: switched on again it catches up from where it stopped.
"""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request
from sqlalchemy import select

from bus import switch
from bus.kept import Kept
from core.clock import now
from core.db import connection, db
from core.errors import ModuleOff, NotFound
from core.live.hints import hint
from core.manifest import ADMINISTRATION, MANIFEST
from core.registry.discovery import Installed
from core.registry.manifest import Manifest
from core.registry.models import ModuleRow


@dataclass(frozen=True)
class State:
    """A module and how it stands."""

    module: Installed
    #: "enabled", "disabled" or "catching_up".
    state: str
    #: Events that it has not taken in yet.
    waiting: int
    #: How far it is in catching up: events taken in, of how many.
    taken: int = 0
    total: int = 0

    @property
    def name(self) -> str:
        """The module's name."""
        return self.module.name


def installed() -> dict[str, Installed]:
    """Return the modules whose code is there."""
    return cast("dict[str, Installed]", current_app.extensions["lamplit_modules"])


_MODULES = ModuleRow.__table__
_OFF = Kept(select(_MODULES.c.name).where(_MODULES.c.is_on.is_(False)))


def modules_on() -> list[Installed]:
    """Return the modules that are switched on; asked once in each request."""
    found: list[Installed] | None = g.get("lamplit_modules_on")
    if found is None:
        off = {name for (name,) in _OFF.rows(connection(), {})}
        found = g.lamplit_modules_on = [m for m in installed().values() if m.name not in off]
    return found


def enabled() -> list[str]:
    """Return the names of the modules that are on."""
    return [module.name for module in modules_on()]


def is_on(name: str) -> bool:
    """Tell whether a module is there and switched on."""
    return name in enabled()


def manifests_on() -> list[Manifest]:
    """Return what the core and the modules that are on contribute, in the menu's order."""
    return [MANIFEST, *(module.manifest for module in modules_on()), ADMINISTRATION]


def gate() -> None:
    """Refuse a request to a module that is off; runs before everything else.

    Raises:
        ModuleOff: so that it answers 404 like an address that does not exist.
    """
    owners: dict[str, str] = current_app.extensions["lamplit_owners"]
    owner = owners.get(request.blueprints[-1]) if request.blueprints else None
    if owner is not None and not is_on(owner):
        raise ModuleOff(module=owner)


def states() -> list[State]:
    """Return how every installed module stands."""
    on = {module.name for module in modules_on()}
    return [_state(module, module.name in on) for module in installed().values()]


def state(name: str) -> State:
    """Return how one module stands.

    Raises:
        NotFound: when it is not installed.
    """
    if name not in installed():
        raise NotFound(module=name)
    return _state(installed()[name], is_on(name))


def _state(module: Installed, on: bool) -> State:
    progress = switch.progress(module.name)
    if not on:
        return State(module, "disabled", progress.waiting)
    name = "catching_up" if progress.catching_up else "enabled"
    return State(module, name, progress.waiting, progress.done, progress.total)


def enable(name: str, by: str | None) -> None:
    """Switch a module on; it catches up with what happened meanwhile, in order."""
    _switch(name, True, by)
    switch.enable(name, by=by)


def disable(name: str, by: str | None) -> None:
    """Switch a module off; what it has not taken in yet stays and waits for it."""
    _switch(name, False, by)
    switch.disable(name, by=by)


def _switch(name: str, on: bool, by: str | None) -> None:
    if name not in installed():
        raise NotFound(module=name)
    row = db.session.get_one(ModuleRow, name)
    row.on, row.changed_at, row.changed_by = on, now(), by
    db.session.flush()
    g.pop("lamplit_modules_on", None)
    hint("modules")


def register() -> None:
    """Enter what is installed, and count a module whose code has gone as off.

    A module seen for the first time is on, and the whole log is replayed into it.
    """
    known = {row.name: row for row in db.session.scalars(select(ModuleRow))}
    for name in installed():
        if name not in known:
            db.session.add(ModuleRow(name=name, on=True, changed_at=now()))
    db.session.flush()
    for name, row in known.items():
        if name not in installed() and row.on:
            row.on, row.changed_at = False, now()
            switch.disable(name)
