"""The menu as the layout draws it: which entry is the present place, what a phone's bar shows."""

from collections.abc import Iterable
from dataclasses import replace

from flask import g, request

from core.people.addresses import is_local
from core.people.identity import current_person_or_none
from core.registry import menu as registry
from core.registry.menu import Entry, Group

#: How many entries fit under a thumb beside "Menu" and "Search".
_FAVOURITES = 3


def address(*, query: bool = False) -> str:
    """Return the address of the page around this request, also while its menu is re-read."""
    if request.endpoint == "shell.menu":
        shown = request.args.get("at", "/")
        return shown if is_local(shown) else "/"
    if query and request.method == "GET" and request.query_string:
        return request.full_path
    return request.path


def menu() -> list[Group]:
    """Return the person's menu with at most one entry marked as the present place.

    A page shows it in several places; what waits behind each entry is counted once.
    """
    found: list[Group] | None = g.get("lamplit_menu")
    if found is None:
        found = g.lamplit_menu = _menu() if current_person_or_none() is not None else []
    return found


def _menu() -> list[Group]:
    groups = registry.menu()
    here = _present(entry.url for group in groups for entry in group.items)
    return [
        replace(group, items=tuple(replace(one, active=one.url == here) for one in group.items))
        for group in groups
    ]


def favourites() -> list[Entry]:
    """Return the few entries that a phone always shows: the person's own department first."""
    groups = [group for group in menu() if group.name not in ("core", "administration")]
    shared = [group for group in menu() if group.name == "core"]
    return [entry for group in groups + shared for entry in group.items][:_FAVOURITES]


def _present(urls: Iterable[str]) -> str:
    # /sales/orders/new belongs to /sales/orders, not to /sales: the longest one wins.
    page = address() + "/"
    return max((url for url in urls if page.startswith(url.rstrip("/") + "/")), key=len, default="")
