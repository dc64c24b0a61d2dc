"""A module keeps its word: manifest, events and readings say what is so."""

import subprocess
import sys
from collections.abc import Iterator
from typing import cast

from flask import Flask
from jinja2 import TemplateNotFound

from bus.codec import decode, encode
from bus.errors import BusError
from bus.events import Declaration, catalogue
from bus.readings import readings, reads
from core.app import Lamplit
from core.people.person import ADMINISTRATOR
from core.people.roles import CORE_PERMISSIONS
from core.registry.discovery import Installed, resolve
from core.testing.conformance.examples import examples
from core.timeline.telling import Teller

SLOTS = frozenset({"call", "customer", "customer_side", "deal", "product"})
_WITHOUT_A_DATABASE = "import sys, {0}; sys.exit('sqlalchemy' in sys.modules)"


def the_manifest_needs_no_database(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield a fault when asking what a module is would already start it."""
    code = _WITHOUT_A_DATABASE.format(f"{module.package}.manifest")
    search = [path for path in sys.path if path]
    program = f"import sys; sys.path[:0] = {search!r}; {code}"
    if subprocess.run([sys.executable, "-c", program], check=False).returncode:
        yield "manifest.py is data: it must import without a database"


def the_manifest_says_everything(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield what a person would miss on the screen Modules, and names that are not one's own."""
    manifest = module.manifest
    for name in ("title", "summary", "loses"):
        if not str(getattr(manifest, name)).strip():
            yield f"the manifest leaves {name} empty"
    for permission, title in manifest.permissions.items():
        if not permission.startswith(f"{module.name}.") or not str(title).strip():
            yield f"permission {permission!r} needs the form {module.name}.verb and a title"


def the_roles_allow_what_there_is(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield roles under somebody else's name, and permissions that nobody has declared."""
    for name, role in module.manifest.roles.items():
        if name == ADMINISTRATOR or not name.startswith(f"{module.name}_"):
            yield f"role {name!r} needs the form {module.name}_something"
        for permission in role.permissions:
            if not is_declared(module, permission):
                yield f"role {name!r} allows {permission!r}, which nobody has declared"


def the_menu_leads_somewhere(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield menu entries without a page, and counts that nobody can count."""
    for item in module.manifest.menu:
        if item.endpoint not in app.view_functions:
            yield f"menu entry {str(item.label)!r} leads to {item.endpoint!r}, which does not exist"
        if not is_declared(module, item.permission):
            yield f"menu entry {str(item.label)!r} asks for the unknown {item.permission!r}"
        if item.count:
            yield from _unresolved(item.count, f"menu entry {str(item.label)!r}")


def the_panels_can_be_drawn(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield panels for a page that has no such place, or without template or context."""
    for panel in module.manifest.panels:
        if panel.slot not in SLOTS:
            yield f"panel {panel.template!r} is for {panel.slot!r}; slots: {sorted(SLOTS)}"
        if not is_declared(module, panel.permission):
            yield f"panel {panel.template!r} asks for the unknown {panel.permission!r}"
        yield from _unresolved(panel.context, f"panel {panel.template!r}")
        yield from _missing_template(app, panel.template)


def the_timeline_is_told(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield events that its timeline cannot tell, and tellers of events that are not its own."""
    own = {each.type: each for each in declarations(module)}
    for kind, teller in module.manifest.timeline.items():
        yield from _unresolved(teller, f"the timeline's {kind!r}")
        if kind not in own:
            yield f"the timeline tells of {kind!r}, which is no event of this module"
    with app.test_request_context():
        for kind, teller in module.manifest.timeline.items():
            for example in examples(own[kind].cls) if kind in own else ():
                told = cast("Teller", resolve(teller))(encode(example))
                if told is not None and not str(told.title).strip():
                    yield f"the timeline has no words for {kind!r}"


def the_events_are_its_own(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield events under somebody else's name, or with fields that cannot travel."""
    for declaration in declarations(module):
        if not declaration.type.startswith(f"{module.name}."):
            yield f"event {declaration.type!r} needs the form {module.name}.past_tense"
        try:
            for example in examples(declaration.cls):
                decode(encode(example), declaration.cls)
        except BusError as error:
            yield f"event {declaration.type!r} cannot travel: {error}"


def the_readings_match_their_events(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield readings that would make dead letters of the events they are for."""
    for name, views in readings.items():
        for view in views:
            if view.__module__.startswith(f"{module.package}.") and reads(view) == name:
                yield from _misread(name, view)


def declarations(module: Installed) -> list[Declaration]:
    """Return the events that a module publishes."""
    prefix = f"{module.package}."
    return [each for each in catalogue.by_type.values() if each.cls.__module__.startswith(prefix)]


def is_declared(module: Installed, permission: str | None) -> bool:
    """Tell whether a permission exists: the module's own, or the core's."""
    return permission is None or permission in {**CORE_PERMISSIONS, **module.manifest.permissions}


def _misread(name: str, view: type) -> Iterator[str]:
    declaration = catalogue.by_type.get(name)
    if declaration is None:
        return  # the publisher is not installed; its events may still be in the log
    for example in examples(declaration.cls):
        try:
            decode(encode(example), view)
        except BusError as error:
            yield f"reading {view.__name__} does not fit {name}: {error}"
            return


def _unresolved(reference: str, whose: str) -> Iterator[str]:
    try:
        if callable(resolve(reference)):
            return
    except (ImportError, AttributeError, ValueError):
        pass
    yield f"{whose} names {reference!r}, which is no function"


def _missing_template(app: Flask, name: str) -> Iterator[str]:
    try:
        app.jinja_env.get_template(name)
    except TemplateNotFound:
        yield f"template {name!r} does not exist"
