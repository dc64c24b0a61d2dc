"""The fixed left menu and the panels on core pages: contributed, never listed centrally."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import render_template, request, url_for
from markupsafe import Markup

from core.people.identity import current_person_or_none, may
from core.registry import switchboard
from core.registry.discovery import resolve
from core.registry.manifest import Manifest, MenuItem, Panel


@dataclass(frozen=True)
class Entry:
    """A menu entry as one person sees it now."""

    label: str
    url: str
    icon: str
    count: int | None
    active: bool


@dataclass(frozen=True)
class Group:
    """The menu entries of one department."""

    name: str
    title: str
    items: tuple[Entry, ...]


def menu() -> list[Group]:
    """Return the menu of the person who asks: only modules that are on, only what she may open."""
    groups = []
    for manifest in switchboard.manifests_on():
        items = tuple(_entry(item) for item in manifest.menu if _shown(item))
        if items:
            groups.append(Group(manifest.name, str(manifest.title), items))
    return groups


def topics() -> list[str]:
    """Return the live topics after which a count in the menu may have changed."""
    items = [item for manifest in switchboard.manifests_on() for item in manifest.menu]
    return sorted({topic for item in items for topic in item.topics if _shown(item)})


def _shown(item: MenuItem) -> bool:
    if not _allowed(item.permission):
        return False
    return item.allowed is None or bool(cast("Callable[[], bool]", resolve(item.allowed))())


def _allowed(permission: str | None) -> bool:
    """None is for everybody who is signed in."""
    return may(permission) if permission else current_person_or_none() is not None


def _entry(item: MenuItem) -> Entry:
    url = url_for(item.endpoint)
    count = cast("Callable[[], int]", resolve(item.count))() if item.count else None
    here = request.path == url or request.path.startswith(url.rstrip("/") + "/")
    return Entry(str(item.label), url, item.icon, count, here)


def panels(slot: str, **subject: Any) -> list[Markup]:
    """Return what the modules that are on add to a core page about this subject."""
    shown = [
        _render(manifest, panel, subject)
        for manifest in switchboard.manifests_on()
        for panel in manifest.panels
        if panel.slot == slot and _allowed(panel.permission)
    ]
    return [each for each in shown if each]


def _render(manifest: Manifest, panel: Panel, subject: dict[str, Any]) -> Markup:
    context = cast("Callable[..., dict[str, Any] | None]", resolve(panel.context))(**subject)
    if context is None:
        return Markup("")
    # The template has escaped what it shows.
    return Markup(render_template(panel.template, module=manifest, **subject, **context))  # noqa: S704


def init_app(app: Any) -> None:
    """Give templates the menu and the panels."""
    app.jinja_env.globals.update(menu=menu, panels=panels, menu_topics=topics)
