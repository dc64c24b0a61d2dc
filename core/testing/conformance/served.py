"""A module's pages and addresses: guarded, gone when it is off, whole when it is alone."""

from collections.abc import Callable, Iterator
from typing import Any, cast
from uuid import UUID

from werkzeug.routing import Rule

from core.app import Lamplit
from core.db import unit_of_work
from core.registry import switchboard
from core.registry.discovery import Installed
from core.testing.clients import ApiClient, ScreenClient
from core.testing.conformance.declared import is_declared

_BY = "conformance"
_VALUES: dict[str, Any] = {"UUIDConverter": UUID(int=0), "IntegerConverter": 1}


def every_address_is_guarded(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield addresses that anybody could open, and permissions that nobody can be given."""
    for rule in rules_of(module, app):
        for function in _functions(app, rule):
            permission = getattr(function, "permission", None)
            if permission is None and not getattr(function, "is_public", False):
                yield f"{rule.rule} is not guarded: put @requires(…) at {function.__name__}"
            elif permission is not None and not is_declared(module, permission):
                yield f"{rule.rule} asks for {permission!r}, which nobody has declared"


def off_means_gone(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield addresses that still answer, and core pages that break, while the module is off."""
    screens, program = _screens(app), ApiClient(app, "admin")
    _switch(app, {module.name: False})
    for rule in rules_of(module, app):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            address = _address(rule)
            asks = program.send if address.startswith("/api/") else screens.send
            if (status := asks(method, address).status_code) != 404:
                yield f"{method} {rule.rule} answers {status} while the module is off"
    page = screens.get("/", follow_redirects=True)
    if page.status_code != 200:
        yield f"the start page answers {page.status_code} while the module is off"
    for item in module.manifest.menu:
        rules = app.url_map.iter_rules(item.endpoint) if item.endpoint in app.view_functions else ()
        if any(f'href="{_address(rule)}"' in page.text for rule in rules):
            yield f"the menu still shows {str(item.label)!r} while the module is off"


def it_works_alone(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield pages that need another department to be there."""
    with app.app_context():
        others = [name for name in switchboard.installed() if name != module.name]
    screens = _screens(app)
    _switch(app, {module.name: True, **dict.fromkeys(others, False)})
    for rule in rules_of(module, app):
        if "GET" not in (rule.methods or ()) or rule.arguments or rule.rule.startswith("/api/"):
            continue
        if (status := screens.get(rule.rule).status_code) >= 400:
            yield f"{rule.rule} answers {status} when the module is the only one on"
    _switch(app, dict.fromkeys(others, True))


def rules_of(module: Installed, app: Lamplit) -> list[Rule]:
    """Return the addresses that belong to a module, its files apart."""
    owners = cast("dict[str, str]", app.extensions["lamplit_owners"])
    return [
        rule
        for rule in app.url_map.iter_rules()
        if owners.get(rule.endpoint.rpartition(".")[0]) == module.name
        and not rule.endpoint.endswith(".static")
    ]


def _functions(app: Lamplit, rule: Rule) -> Iterator[Callable[..., Any]]:
    view = app.view_functions[rule.endpoint]
    cls = getattr(view, "view_class", None)
    if cls is None:
        yield view
        return
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield getattr(cls, method.lower())


def _screens(app: Lamplit) -> ScreenClient:
    return ScreenClient(app, app.response_class).sign_in("admin")


def _switch(app: Lamplit, wanted: dict[str, bool]) -> None:
    for name, on in wanted.items():
        with unit_of_work(app):
            if switchboard.is_on(name) != on:
                (switchboard.enable if on else switchboard.disable)(name, _BY)


def _address(rule: Rule) -> str:
    values = {
        name: _VALUES.get(type(converter).__name__, "x")
        for name, converter in rule._converters.items()
    }
    built = rule.build(values)
    return built[1] if built else rule.rule
