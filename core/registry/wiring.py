"""Load the files of core packages and modules by their names, and mount what they contribute.

Nothing lists blueprints, models or handlers: a file of the right name is found.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType

import flask_smorest
from flask import Blueprint, Flask

import core
from core.registry.discovery import Installed

#: Files that declare something by being imported, in the order in which they need one another.
DECLARING = ("models", "facts", "events", "handlers", "promises", "jobs", "imports")


def load_declarations(modules: Iterable[Installed]) -> None:
    """Import every file that declares tables, events, promises, importers and the like."""
    modules = list(modules)
    for part in DECLARING:
        for package in core_packages():
            _load(f"{package}.{part}")
        for module in modules:
            module.load(part)
    _load("core.company")
    _load("core.numbers")
    _load("core.api.idempotency")


def core_packages() -> list[str]:
    """Return the packages of the core, sorted."""
    found = pkgutil.iter_modules(core.__path__)
    return sorted(f"core.{info.name}" for info in found if info.ispkg)


def apis(modules: Iterable[Installed]) -> Iterator[tuple[str | None, flask_smorest.Blueprint]]:
    """Yield each REST blueprint with the module it belongs to (None: the core)."""
    for package in core_packages():
        if (loaded := _load(f"{package}.api")) and hasattr(loaded, "blp"):
            yield None, loaded.blp
    for module in modules:
        if loaded := module.load("api"):
            yield module.name, loaded.blp


def mount_screens(app: Flask, modules: Iterable[Installed]) -> dict[str, str]:
    """Register every package's screens; return which blueprint belongs to which module.

    `bp` holds a module's screens; `other_bps` more of them at other addresses, such as pages
    that need no account.
    """
    owners: dict[str, str] = {}
    for package in core_packages():
        if (loaded := _load(f"{package}.views")) and isinstance(
            blueprint := getattr(loaded, "bp", None), Blueprint
        ):
            app.register_blueprint(blueprint)
    for module in modules:
        if loaded := module.load("views"):
            for blueprint in (loaded.bp, *getattr(loaded, "other_bps", ())):
                app.register_blueprint(blueprint)
                owners[blueprint.name] = module.name
    return owners


def _load(name: str) -> ModuleType | None:
    return importlib.import_module(name) if importlib.util.find_spec(name) else None
